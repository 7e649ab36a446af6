"""One row for everybody who gets the edition."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, DateTimeField, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Now

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.addresses import sender_domain
from stories.digests.db.insert import RandomHex, among, insert_from
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState, UnsubscribeToken
from stories.digests.readers import subscribed
from stories.digests.reasons import QUIET
from stories.digests.schedule import local_moment

PAGE = 5000


@transaction.atomic
def fan_out(edition: Edition) -> None:
    """Insert a row for everybody who is eligible now, then let the copies leave. Again adds
    nothing.

    All or nothing, with the edition's row held: so the ledger is to have exactly as many rows as
    people were counted, also where several fan out at once.
    """
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state != EditionState.FROZEN:
        return
    company = Company.current()
    if company.quiet_week == QuietWeek.SKIP and not edition.picked():
        # What was picked has been hidden since.
        edition.abort(by=None, note=QUIET)
        return
    moment = due_moment(edition, company)
    readers = subscribed().order_by("pk").values_list("pk", flat=True)
    after = eligible = 0
    while page := list(readers.filter(pk__gt=after)[:PAGE]):
        # By key alone: whoever unsubscribes at this moment is stopped by the fence.
        people = User.objects.filter(pk__in=among(page))
        insert_deliveries(edition, people, moment)
        insert_tokens(people)
        eligible += len(page)
        after = page[-1]
    # Where it is sent after all, some have their copy already and may have unsubscribed since.
    others = edition.deliveries.exclude(person__in=subscribed()).count()
    edition.state = EditionState.SENDING
    edition.eligible = eligible + others
    edition.save(update_fields=["state", "eligible"])


def insert_deliveries(edition: Edition, people: QuerySet[User], moment: Case) -> None:
    domain = sender_domain(settings.DIGEST_FROM_EMAIL)
    insert_from(
        people.values(
            edition_id=Value(edition.pk),
            person_id=F("pk"),
            address=Coalesce("email", Value("")),
            due_at=moment,
            next_attempt_at=moment,
            state=Value(DeliveryState.PENDING.value),
            message_id=Concat(
                Value("<"), RandomHex(), Value(f"@{domain}>"), output_field=CharField()
            ),
            attempts=Value(0),
            resends=Value(0),
            code=Value(""),
            error=Value(""),
        ),
        Delivery,
    )


def insert_tokens(people: QuerySet[User]) -> None:
    without = people.filter(unsubscribe_token=None)
    insert_from(
        without.values(person_id=F("pk"), token=Concat(RandomHex(), RandomHex()), created_at=Now()),
        UnsubscribeToken,
    )


def due_moment(edition: Edition, company: Company) -> Case:
    """Each person's moment, by their zone; somebody who moves to a zone of their own while this
    is going on gets the company's."""
    due_at = due_times(edition, company)
    zones = subscribed().order_by().values_list("time_zone", flat=True).distinct()
    return Case(
        *(When(time_zone=zone, then=Value(due_at(zone))) for zone in zones),
        default=Value(due_at("")),
        output_field=DateTimeField(),
    )


def due_times(edition: Edition, company: Company) -> Callable[[str], datetime]:
    """From a zone to its moment, computed once; the same one for all where it is sent at once."""

    @cache
    def due_at(zone: str) -> datetime:
        return edition.at_once or local_moment(
            edition.week_start, company, zone or company.time_zone
        )

    return due_at
