""" "Why did I not get it?": what became of one person's copies, in plain words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Company, History, User
from stories.digests.batch import UNRENDERABLE
from stories.digests.desk.explaining import TOLD, Facts, explain, quoted, state_of_today
from stories.digests.desk.verbs import DeskVerb
from stories.digests.models import Delivery, DeliveryState, Edition, Relay, Suppression
from stories.digests.models.delivery_queryset import WAITING
from stories.digests.reasons import said

# What is told of an edition, and what let copies of it leave again.
WHAT = {
    "pause": gettext_noop("The edition was paused"),
    "resume": gettext_noop("The edition went on"),
    "abort": gettext_noop("The edition was given up"),
}
AGAIN = (DeskVerb.RESEND_TO, DeskVerb.RESEND_FAILED, DeskVerb.RESEND_UNCERTAIN)
# The clocks of the database, which dates a copy, and of the machine, which dates history.
CLOCKS = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a copy, or will. Times in `sentence` are in the current zone."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one person's copy of one edition: `why` in a sentence or two, `moments`
    oldest first. `delivery` is None where they have no row in the ledger."""

    edition: Edition
    delivery: Delivery | None
    why: str
    moments: list[Moment]


def answers(person: User, editions: Sequence[Edition]) -> list[Answer]:
    """One answer for each edition, in their order, in a fixed number of queries."""
    return [
        Answer(facts.edition, facts.delivery, explain(facts), _moments(facts))
        for facts in _facts(person, editions)
    ]


def timeline(person: User, edition: Edition) -> list[Moment]:
    return answers(person, [edition])[0].moments


def why(person: User, edition: Edition) -> str:
    return answers(person, [edition])[0].why


def today(person: User, *, is_suppressed: bool) -> str:
    """Whether they get the digest as things stand, in a sentence or two."""
    changes, company = _changes_of(person), Company.current()
    return state_of_today(person, changes, company, is_suppressed=is_suppressed)


def _changes_of(person: User) -> list[History]:
    """What was changed of all that decides whether they get it, oldest first."""
    touched = Q(pk__in=[])
    for field in TOLD:
        touched |= Q(after__has_key=field)
    # Of somebody new there is no before: that they are here is no change.
    return list(History.objects.about(person).filter(touched).exclude(before={}))


def _facts(person: User, editions: Sequence[Edition]) -> Iterator[Facts]:
    copies = Delivery.objects.filter(person=person, edition__in=editions)
    by_edition = {copy.edition_id: copy for copy in copies.prefetch_related("events")}
    addresses = {copy.address.lower() for copy in by_edition.values()} | {person.email or ""}
    suppressed = Suppression.objects.filter(address__in=addresses)
    by_address = {row.address: row for row in suppressed}
    deeds = History.objects.filter(
        subject_type=ContentType.objects.get_for_model(Edition),
        subject_id__in=[edition.pk for edition in editions],
        verb__in=[*WHAT, *AGAIN],
    )
    of_editions = list(deeds)
    of_person = _changes_of(person)
    company, relay = Company.current(), Relay.objects.filter(pk=1).first()
    for edition in editions:
        copy = by_edition.get(edition.pk)
        yield Facts(
            person=person,
            edition=edition,
            delivery=copy,
            events=list(copy.events.all())[::-1] if copy else [],
            suppression=by_address.get(copy.address.lower() if copy else person.email or ""),
            of_edition=[row for row in of_editions if row.subject_id == edition.pk],
            of_person=of_person,
            zone=person.time_zone or company.time_zone,
            is_server_away=relay is not None and relay.is_open,
        )


def _moments(facts: Facts) -> list[Moment]:
    moments = [*_of_edition(facts), *_of_person(facts)]
    if facts.delivery:
        moments += _of_copy(facts.delivery, facts)
    return sorted(moments, key=lambda moment: moment.at)


def _of_copy(copy: Delivery, facts: Facts) -> Iterator[Moment]:
    again = [row for row in facts.of_edition if _is_about(row, copy, facts)]
    for row in again:
        yield from _before(row)
        yield Moment(row.at, _("A culture lead had it sent again."))
    if not again or again[-1].at < copy.due_at - CLOCKS:
        yield Moment(copy.due_at, _came(copy, facts))
    if copy.started_at:
        sentence = _("It was handed to the mail server; this was attempt %(attempt)d.")
        yield Moment(copy.started_at, sentence % {"attempt": copy.attempts})
    if ended := _ended(copy.state, copy.code, copy.error):
        yield Moment(copy.started_at or copy.due_at, ended)
    if copy.sent_at:
        sentence = _("The mail server took it for %(address)s.")
        yield Moment(copy.sent_at, sentence % {"address": copy.address})
    if copy.state in WAITING and copy.next_attempt_at and copy.state != DeliveryState.PENDING:
        yield Moment(copy.next_attempt_at, _("It goes once more."))
    for event in facts.events:
        yield Moment(event.at, quoted(event.get_kind_display(), event.text or event.code))
    if facts.suppression:
        sentence = _("Nothing more is sent to %(address)s") % {"address": copy.address}
        yield Moment(facts.suppression.since, quoted(sentence, facts.suppression.reason))


def _came(copy: Delivery, facts: Facts) -> str:
    if facts.edition.at_once and abs(copy.due_at - facts.edition.at_once) < CLOCKS:
        return _("The edition was sent at once, whatever the hour was where they live.")
    return _("Their hour comes.") if copy.due_at > timezone.now() else _("Their hour came.")


def _is_about(row: History, copy: Delivery, facts: Facts) -> bool:
    """Whether this row let this copy leave again. One of many copies says only how many they
    were: the copy's hour, which is of that moment, tells."""
    if row.verb == DeskVerb.RESEND_TO:
        return bool(row.after.get("person") == facts.person.ref)
    return row.verb in AGAIN and abs(copy.due_at - row.at) < CLOCKS


def _before(row: History) -> Iterator[Moment]:
    """The attempt that came before a copy was sent again, as far as history kept it."""
    ended, at = row.before, row.before.get("at")
    if at and (sentence := _ended(ended["state"], ended["code"], ended["error"])):
        yield Moment(datetime.fromisoformat(at), sentence)


def _ended(state: str, code: str, error: str) -> str:
    """What an attempt came to; "" where another moment says so."""
    error = said(error) or code
    match state:
        case DeliveryState.FAILED if code == UNRENDERABLE:
            return quoted(_("It could not be written"), error)
        case DeliveryState.FAILED:
            return quoted(_("The mail server refused it"), error)
        case DeliveryState.RETRY:
            return quoted(_("The mail server could not take it yet"), error)
        case DeliveryState.UNCERTAIN:
            return _("The mail server took it and did not answer.")
    return ""


def _of_edition(facts: Facts) -> Iterator[Moment]:
    for row in facts.of_edition:
        if row.verb in WHAT:
            yield Moment(row.at, quoted(_(WHAT[row.verb]), said(row.note)))


def _of_person(facts: Facts) -> Iterator[Moment]:
    """What they, or whoever keeps the list of people, changed: told where it explains something."""
    copy = facts.delivery
    if copy and copy.state != DeliveryState.SKIPPED:
        return
    if facts.person.date_joined > facts.edition.cutoff_at:
        yield Moment(facts.person.date_joined, _("They came to Kudos."))
    for row in facts.of_person:
        for field in row.after:
            if sentence := _changed(field, row.after[field]):
                yield Moment(row.at, sentence)


def _changed(field: str, value: object) -> str:
    """What it means that this field of a person became that."""
    match field, value:
        case "digest", "off":
            return _("They stopped the digest.")
        case "digest", _other:
            return _("They wanted the digest again.")
        case "is_active", False:
            return _("They left.")
        case "is_active", _other:
            return _("They came back.")
        case "email", None | "":
            return _("They lost their email address.")
        case "email", _other:
            return _("They got an email address, or another one.")
    return ""
