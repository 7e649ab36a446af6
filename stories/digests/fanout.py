"""One row for everybody who gets the edition."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from secrets import token_hex

from django.conf import settings

from accounts.models import Company
from stories.digests.addresses import sender_domain
from stories.digests.models import Delivery, Edition, EditionState, UnsubscribeToken
from stories.digests.readers import subscribed
from stories.digests.schedule import local_moment

PAGE = 5000


def fan_out(edition: Edition) -> None:
    """Insert what is missing, page by page, then let the copies leave. Again adds nothing."""
    if edition.state != EditionState.FROZEN:
        return
    due_at = due_times(edition, Company.current())
    domain = sender_domain(settings.DIGEST_FROM_EMAIL)
    after = 0
    while people := list(subscribed().filter(pk__gt=after).order_by("pk")[:PAGE]):
        Delivery.objects.bulk_create(
            [
                Delivery(
                    edition=edition,
                    person=person,
                    address=person.email or "",
                    due_at=due_at(person.time_zone),
                    next_attempt_at=due_at(person.time_zone),
                    message_id=f"<{token_hex(16)}@{domain}>",
                )
                for person in people
            ],
            ignore_conflicts=True,
        )
        UnsubscribeToken.objects.of(person.pk for person in people)
        after = people[-1].pk
    edition.begin_sending()
    edition.refresh_from_db(fields=["state"])


def due_times(edition: Edition, company: Company) -> Callable[[str], datetime]:
    """From a zone to its moment, computed once; the same one for all where it is sent at once."""

    @cache
    def due_at(zone: str) -> datetime:
        return edition.at_once or local_moment(
            edition.week_start, company, zone or company.time_zone
        )

    return due_at
