"""The plain answer to "why did I not get it?", from what the tables hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.models import Company, DigestChoice, History, User
from accounts.models.company import Weekday
from stories.digests.batch import UNRENDERABLE
from stories.digests.desk.leased import held, is_leased, leaving
from stories.digests.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionState,
    MailEvent,
    Suppression,
)
from stories.digests.models.delivery_queryset import WAITING
from stories.digests.reasons import said

# The fields of a person that decide whether they get the digest.
TOLD = ("digest", "is_active", "email")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that is known of one person and one edition. Rows of history and events come oldest
    first; `zone` is where the person's hour is."""

    person: User
    edition: Edition
    delivery: Delivery | None
    events: list[MailEvent]
    suppression: Suppression | None
    of_edition: list[History]
    of_person: list[History]
    zone: str
    is_server_away: bool

    def last_note(self, verb: str) -> str:
        """Why, in the language of the moment."""
        notes = (row.note for row in reversed(self.of_edition) if row.verb == verb)
        return said(next(notes, ""))


def explain(facts: Facts) -> str:
    if facts.delivery is None:
        return _without_copy(facts)
    return " ".join(part for part in _with_copy(facts.delivery, facts) if part)


def quoted(sentence: str, words: str) -> str:
    """ "The edition was paused: “535 who are you”.", or the sentence alone."""
    if not words:
        return _("%(sentence)s.") % {"sentence": sentence}
    return _("%(sentence)s: “%(said)s”.") % {"sentence": sentence, "said": words}


def _with_copy(copy: Delivery, facts: Facts) -> list[str]:
    is_begun = copy.state == DeliveryState.SENDING and copy.started_at is not None
    if facts.edition.state == EditionState.ABORTED and _is_open(copy) and not is_begun:
        # The next tick writes it down.
        return [_so_far(copy), _stays(facts)]
    match copy.state:
        case DeliveryState.SENT:
            return [_taken(copy), *_afterwards(facts)]
        case DeliveryState.FAILED:
            return [_refused(copy), _suppressed(facts)]
        case DeliveryState.SKIPPED:
            return [_skipped(copy, facts)]
        case DeliveryState.EXPIRED:
            return [_("Their copy could not leave within 48 hours of their hour: it was too late.")]
        case DeliveryState.CANCELLED:
            return [_stays(facts)]
        case DeliveryState.SENDING if is_begun:
            return [leaving(copy)]
    return [_so_far(copy), _waits(copy, facts)]


def _is_open(copy: Delivery) -> bool:
    """Whether it may become something else by itself."""
    return copy.state == DeliveryState.SENDING or (
        copy.state in WAITING and copy.next_attempt_at is not None
    )


def _stays(facts: Facts) -> str:
    sentence = _("The edition was given up before their copy left")
    return quoted(sentence, facts.last_note("abort"))


def _taken(copy: Delivery) -> str:
    return _("The mail server took their copy for %(address)s on %(at)s.") % {
        "address": copy.address,
        "at": moment(copy.sent_at or copy.due_at),
    }


def _afterwards(facts: Facts) -> list[str]:
    if not facts.events:
        return [_("If it is not in their inbox, it may be in their junk folder.")]
    return [
        quoted(str(event.get_kind_display()), event.text or event.code) for event in facts.events
    ]


def _refused(copy: Delivery) -> str:
    if copy.code == UNRENDERABLE:
        return quoted(_("Their copy could not be written"), said(copy.error))
    sentence = _("The mail server refused their copy for %(address)s") % {"address": copy.address}
    return quoted(sentence, said(copy.error) or copy.code)


def _suppressed(facts: Facts) -> str:
    return _("Nothing more is sent to that address.") if facts.suppression else ""


def _skipped(copy: Delivery, facts: Facts) -> str:
    if copy.code == "suppressed":
        sentence = _("Nothing was sent to %(address)s any more") % {"address": copy.address}
        return quoted(sentence, facts.suppression.reason if facts.suppression else "")
    return _no_reader(facts.person, facts.of_person) or _(
        "When their copy was to leave, they did not get the digest."
    )


def _so_far(copy: Delivery) -> str:
    """What the attempts until now came to."""
    if copy.state == DeliveryState.UNCERTAIN:
        sentence = _("The mail server took their copy and did not answer.")
        if copy.next_attempt_at is None:
            return sentence + " " + _("Nobody knows whether it arrived.")
        return sentence
    if copy.state == DeliveryState.RETRY:
        sentence = _("The mail server could not take their copy yet")
        return quoted(sentence, said(copy.error) or copy.code)
    return ""


def _waits(copy: Delivery, facts: Facts) -> str:
    """What a copy that has not ended is waiting for."""
    if not _is_open(copy):
        return ""
    if facts.edition.paused_at:
        sentence = _("The edition is paused, and their copy with it")
        return quoted(sentence, facts.last_note("pause"))
    if copy.state == DeliveryState.PENDING and copy.due_at > timezone.now():
        return _("Their copy waits for their hour: %(at)s in %(zone)s.") % {
            "at": moment(copy.due_at, facts.zone),
            "zone": facts.zone,
        }
    if facts.is_server_away:
        return _("The mail server is out of reach for now; it is tried every minute.")
    if copy.state == DeliveryState.SENDING and is_leased(copy):
        return held(copy)
    if copy.next_attempt_at and copy.next_attempt_at > timezone.now():
        return _("It goes once more on %(at)s.") % {"at": moment(copy.next_attempt_at)}
    return _("Their copy is next in line.")


def _without_copy(facts: Facts) -> str:
    edition = facts.edition
    if edition.state == EditionState.ABORTED and edition.eligible is None:
        sentence = _("The edition was given up before any copy was made")
        return quoted(sentence, facts.last_note("abort"))
    if reason := _no_reader(facts.person, facts.of_person):
        return reason
    if edition.is_departing:
        return _("No copy is made yet: the edition was sent at once, and they are being made.")
    if edition.state in (EditionState.PLANNED, EditionState.FROZEN):
        return _("No copy is made yet: that happens when the first reader’s hour has come.")
    return _later(facts)


def _no_reader(person: User, changes: Sequence[History]) -> str:
    """Why they do not get the digest today; "" where they do. `changes` are of the fields that
    decide it, oldest first."""

    def since(sentence: str, field: str, value: Any) -> str:
        """With when that field got this value last, if history tells."""
        at = [row.at for row in changes if row.after.get(field, ...) == value]
        if not at:
            return sentence
        return sentence + " " + _("That was on %(at)s.") % {"at": moment(at[-1])}

    if not person.is_active:
        return since(_("They do not work here any more."), "is_active", False)
    if not person.email:
        return since(_("They have no email address in Kudos."), "email", None)
    if person.digest == DigestChoice.OFF:
        return since(_("They have stopped the digest."), "digest", DigestChoice.OFF.value)
    return ""


def state_of_today(
    person: User, changes: Sequence[History], company: Company, *, is_suppressed: bool
) -> str:
    """Whether they get the digest as things stand, whatever became of a copy."""
    if reason := _no_reader(person, changes):
        return reason
    if is_suppressed:
        return _("They want the digest, but nothing is sent to their address.")
    return _("They get the digest: every %(day)s at %(hour)s in %(zone)s, at %(address)s.") % {
        "day": Weekday(company.digest_weekday).label,
        "hour": time_format(time(company.digest_hour), "H:i"),
        "zone": person.time_zone or company.time_zone,
        "address": person.email,
    }


def _later(facts: Facts) -> str:
    """They get the digest today, and did not when the edition was made."""
    cutoff_at = facts.edition.cutoff_at
    if facts.person.date_joined > cutoff_at:
        joined = {"at": moment(facts.person.date_joined)}
        return _("They came to Kudos on %(at)s, after this edition was made.") % joined
    changed = [row.at for row in facts.of_person if row.at > cutoff_at]
    if changed:
        return _("They did not get the digest until %(at)s, after this edition was made.") % {
            "at": moment(changed[-1])
        }
    return _("They were not among its readers when it was made. Nothing tells why.")


def moment(at: datetime, zone: str = "") -> str:
    """Day and time, in the zone that is active or in this one."""
    here = timezone.localtime(at, ZoneInfo(zone) if zone else None)
    # Translators: days as Django's date filter writes them, such as 5 May 2026.
    return date_format(here, _("j F Y, H:i"))
