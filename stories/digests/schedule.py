"""When an edition is due: pure functions of a moment, time zones and the company's hour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from accounts.models import Company
from stories.digests.timing import TIMING


@dataclass(frozen=True, slots=True)
class Week:
    """One week's digest: the Monday it is named after, and the moment at which it freezes."""

    start: date
    cutoff_at: datetime


def local_moment(week_start: date, company: Company, zone: str) -> datetime:
    """The company's weekday and hour of that week, as a clock on the wall in `zone` shows it.

    An hour that a clock change skips is the moment just after; of one that comes twice, the first.
    """
    day = week_start + timedelta(days=company.digest_weekday)
    local = datetime.combine(day, time(company.digest_hour), ZoneInfo(zone))
    return local.astimezone(UTC)


def week_start(at: datetime, zone: str) -> date:
    """The Monday of the week in which it is `at` in `zone`."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return day - timedelta(days=day.weekday())


def due_week(at: datetime, zones: Iterable[str], company: Company) -> Week | None:
    """The newest week whose digest should exist at `at`, or None.

    Its cutoff is the first moment at which the hour has come for some reader. A week whose last
    reader would get it more than 48 hours late is let go: the next edition covers its stories.
    """
    readers = set(zones)
    if not readers:
        return None
    # In the east the next week begins while it is still Sunday in UTC.
    latest = week_start(at, "UTC") + timedelta(weeks=1)
    for start in (latest - timedelta(weeks=back) for back in count()):
        moments = [local_moment(start, company, zone) for zone in readers]
        if min(moments) <= at:
            break
    return Week(start, min(moments)) if at < max(moments) + TIMING.late else None
