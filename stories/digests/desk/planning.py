"""Which edition the desk is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Company
from stories.digests import readers
from stories.digests.models import Edition, EditionState
from stories.digests.schedule import Week, due_week, local_moment, week_start


@dataclass(frozen=True, slots=True)
class Hours:
    """The company's schedule, and the zones of those who get the digest, as read at one moment."""

    company: Company
    zones: set[str]

    @classmethod
    def of_today(cls) -> Hours:
        company = Company.current()
        return cls(company, readers.zones(company.time_zone))

    def due_week(self, at: datetime) -> Week | None:
        return due_week(at, self.zones, self.company)

    def cutoff_of(self, week: date) -> datetime:
        """The first moment at which the hour has come for some reader (digest.md, "What an edition
        is"); while nobody reads it, in the company's zone."""
        zones = self.zones or {self.company.time_zone}
        return min(local_moment(week, self.company, zone) for zone in zones)


def next_edition() -> Edition:
    """The unfinished edition, the oldest where there are several, else the coming week's, planned
    here where there is none."""
    edition = upcoming()
    if not edition.pk:
        edition, _made = Edition.objects.get_or_create(
            week_start=edition.week_start, defaults={"cutoff_at": edition.cutoff_at}
        )
    return edition


def upcoming() -> Edition:
    """The same edition without writing anything: not saved where it does not exist yet."""
    if edition := Edition.objects.unfinished().order_by("week_start").first():
        follow_schedule(edition)
        return edition
    hours = Hours.of_today()
    week = coming_week(timezone.now(), hours)
    return Edition(week_start=week, cutoff_at=hours.cutoff_of(week))


def follow_schedule(edition: Edition) -> None:
    """Let a planned edition have its cutoff by the schedule and the readers of today. That is not
    stored: the one in the row is of the day on which it was planned, until its week is due."""
    if edition.state == EditionState.PLANNED:
        edition.cutoff_at = Hours.of_today().cutoff_of(edition.week_start)


def coming_week(at: datetime, hours: Hours) -> date:
    """The Monday of the first edition to come: this week's too, while its hour has just come and
    the next tick will make it. Weeks that were sent or given up already are passed over."""
    due = hours.due_week(at)
    # In the west the last week goes on while it is Monday in UTC.
    first = week_start(at, "UTC") - timedelta(weeks=1)
    # One that is planned has only just been: whoever asked found none, and another was faster.
    begun = Edition.objects.exclude(state=EditionState.PLANNED).filter(week_start__gte=first)
    over = set(begun.values_list("week_start", flat=True))
    if due and due.start not in over:
        return due.start
    weeks = (first + timedelta(weeks=ahead) for ahead in count())
    return next(week for week in weeks if week not in over and hours.cutoff_of(week) > at)
