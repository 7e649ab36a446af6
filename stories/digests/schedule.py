"""When an edition is due: pure functions of a moment, time zones and the company's hour."""

from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
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

    Of an hour that a clock change skips it is the first moment after the change; of one that comes
    twice, the first.
    """
    day = week_start + timedelta(days=company.digest_weekday)
    on_the_wall = datetime.combine(day, time(company.digest_hour))
    local = on_the_wall.replace(tzinfo=_known(zone, company.time_zone))
    moment = local.astimezone(UTC)
    is_skipped = moment.astimezone(local.tzinfo).replace(tzinfo=None) != on_the_wall
    return _change_before(moment, local) if is_skipped else moment


def week_start(at: datetime, zone: str) -> date:
    """The Monday of the week in which it is `at` in `zone`."""
    day = at.astimezone(_known(zone)).date()
    return day - timedelta(days=day.weekday())


def _known(*zones: str) -> tzinfo:
    """The first of these that this machine knows, or UTC: one person's zone, gone with an update
    of the time zone data, must not keep the digest from everybody."""
    for zone in zones:
        with suppress(KeyError, ValueError, OSError):
            return ZoneInfo(zone)
    return UTC


def _change_before(moment: datetime, skipped: datetime) -> datetime:
    """When the clock that skipped this local time was changed. A skipped time is read with the
    offset of before, which gives `moment`, or with that of after (PEP 495, fold=1); the change lies
    between the two."""
    begin = skipped.replace(fold=1).astimezone(UTC)
    after = moment.astimezone(skipped.tzinfo).utcoffset()

    def is_changed(second: int) -> bool:
        return (begin + timedelta(seconds=second)).astimezone(skipped.tzinfo).utcoffset() == after

    seconds = range(int((moment - begin).total_seconds()))
    return begin + timedelta(seconds=bisect_left(seconds, True, key=is_changed))


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
