"""The company's hour in every time zone there is, on every kind of day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Company
from stories.digests.schedule import due_week, local_moment, week_start
from stories.digests.timing import TIMING

# What `accounts.models.zones.validate_zone` lets through.
ZONES = sorted(available_timezones())
YEAR = 2026
MONDAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31)).map(
    lambda day: day - timedelta(days=day.weekday())
)
COMPANIES = st.builds(
    Company,
    pk=st.just(1),
    digest_weekday=st.integers(0, 6),
    digest_hour=st.integers(0, 23),
    time_zone=st.sampled_from(ZONES),
)
SOME = settings(max_examples=150, deadline=None)


def on_the_wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def wanted(monday: date, company: Company) -> datetime:
    day = monday + timedelta(days=company.digest_weekday)
    return datetime.combine(day, time(company.digest_hour))


def is_right(moment: datetime, monday: date, company: Company, zone: str) -> bool:
    """Whether it is the first moment at which the clock shows the hour or, where it shows it never,
    the first at which it shows more."""
    now = on_the_wall(moment, zone)
    just_before = on_the_wall(moment - timedelta(seconds=1), zone)
    hour = wanted(monday, company)
    if now != hour:
        return just_before < hour < now
    # No clock was ever put back by more than a day.
    earlier = (moment - timedelta(minutes=15 * step) for step in range(1, 97))
    return hour not in {on_the_wall(one, zone) for one in earlier}


@SOME
@given(MONDAYS, COMPANIES, st.sampled_from(ZONES))
def test_it_is_the_companys_hour_by_everybodys_clock(
    monday: date, company: Company, zone: str
) -> None:
    assert is_right(local_moment(monday, company, zone), monday, company, zone)


@cache
def days_of_change(zone: str) -> list[date]:
    """The days of the year on which the clocks of the zone are changed."""
    days = (date(YEAR, 1, 1) + timedelta(days=day) for day in range(365))
    return [day for day in days if offset(zone, day) != offset(zone, day + timedelta(days=1))]


def offset(zone: str, day: date) -> timedelta:
    return datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() or timedelta(0)


def changes() -> Iterator[tuple[str, date]]:
    for zone in ZONES:
        for day in days_of_change(zone):
            yield zone, day


@pytest.mark.parametrize("hour", range(24))
def test_on_the_day_of_a_clock_change_too(hour: int) -> None:
    for zone, day in changes():
        company = Company(pk=1, digest_weekday=day.weekday(), digest_hour=hour)
        monday = day - timedelta(days=day.weekday())
        assert is_right(local_moment(monday, company, zone), monday, company, zone), (zone, day)


def test_there_are_changes_of_half_an_hour_an_hour_and_two() -> None:
    """So that the test above has met them."""
    steps = {offset(zone, day + timedelta(days=1)) - offset(zone, day) for zone, day in changes()}
    assert {timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2)} <= steps


def oracle(at: datetime, zones: set[str], company: Company) -> date | None:
    """The newest week whose hour has come somewhere and is not too late everywhere."""
    first = week_start(at, "UTC") - timedelta(weeks=2)
    weeks = [first + timedelta(weeks=ahead) for ahead in range(5)]
    moments = {week: [local_moment(week, company, zone) for zone in zones] for week in weeks}
    newest = max(week for week in weeks if min(moments[week]) <= at)
    return newest if at < max(moments[newest]) + TIMING.late else None


ZONE_SETS = st.sets(st.sampled_from(ZONES), min_size=1, max_size=4)


@SOME
@given(MONDAYS, st.timedeltas(timedelta(0), timedelta(weeks=1)), ZONE_SETS, COMPANIES)
def test_the_week_that_is_due_is_the_newest_that_somebody_can_still_get(
    monday: date, since: timedelta, zones: set[str], company: Company
) -> None:
    at = datetime.combine(monday, time(), UTC) + since
    week = due_week(at, zones, company)
    assert (week and week.start) == oracle(at, zones, company)


@SOME
@given(MONDAYS, ZONE_SETS, COMPANIES)
def test_every_week_is_due_once_its_hour_has_come_somewhere(
    monday: date, zones: set[str], company: Company
) -> None:
    cutoff = min(local_moment(monday, company, zone) for zone in zones)
    week = due_week(cutoff, zones, company)
    before = due_week(cutoff - timedelta(seconds=1), zones, company)
    assert (week.start, week.cutoff_at) == (monday, cutoff)
    assert before is None or before.start == monday - timedelta(weeks=1)


@SOME
@given(MONDAYS, COMPANIES, st.sampled_from(ZONES))
def test_the_edition_is_of_the_week_in_which_it_reaches_its_reader(
    monday: date, company: Company, zone: str
) -> None:
    moment = local_moment(monday, company, zone)
    assert week_start(moment, zone) == monday
