"""When an edition is due, in whatever zones its readers live."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Company
from stories.digests.schedule import due_week, local_moment, week_start

MONDAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 9, tzinfo=UTC)
COMPANY = Company(pk=1)


def test_one_zone_freezes_at_its_own_monday_morning() -> None:
    week = due_week(NINE, {"UTC"}, COMPANY)
    assert week is not None
    assert (week.start, week.cutoff_at) == (MONDAY, NINE)


def test_nothing_is_due_a_moment_before() -> None:
    before = NINE - timedelta(microseconds=1)
    week = due_week(before, {"UTC"}, COMPANY)
    assert week is None


def test_the_first_zone_in_the_world_decides() -> None:
    week = due_week(NINE, {"America/New_York", "Pacific/Kiritimati"}, COMPANY)
    assert week is not None
    # Monday 09:00 at UTC+14.
    assert week.cutoff_at == datetime(2026, 11, 15, 19, tzinfo=UTC)


def test_on_sunday_evening_in_utc_the_east_gets_the_week_that_begins() -> None:
    week = due_week(datetime(2026, 11, 15, 19, tzinfo=UTC), {"Pacific/Kiritimati"}, COMPANY)
    assert week is not None
    assert week.start == MONDAY


def test_an_edition_missed_by_a_day_is_still_due() -> None:
    week = due_week(NINE + timedelta(hours=30), {"UTC"}, COMPANY)
    assert week is not None
    assert week.start == MONDAY


def test_an_edition_missed_by_more_than_two_days_is_let_go() -> None:
    assert due_week(NINE + timedelta(hours=48), {"UTC"}, COMPANY) is None


def test_after_a_long_outage_only_the_newest_is_due() -> None:
    week = due_week(NINE + timedelta(days=8), {"UTC"}, COMPANY)
    assert week is not None
    assert week.start == MONDAY + timedelta(weeks=1)


def test_nothing_is_due_where_nobody_reads() -> None:
    assert due_week(NINE, set(), COMPANY) is None


def test_the_company_chooses_the_day_and_the_hour() -> None:
    company = Company(pk=1, digest_weekday=3, digest_hour=16)
    week = due_week(datetime(2026, 11, 20, tzinfo=UTC), {"UTC"}, company)
    assert week is not None
    assert (week.start, week.cutoff_at) == (MONDAY, datetime(2026, 11, 19, 16, tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "hour", "utc"),
    [
        ("Europe/Berlin", 9, datetime(2026, 3, 30, 7, tzinfo=UTC)),
        ("Australia/Lord_Howe", 9, datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("America/New_York", 9, datetime(2026, 3, 30, 13, tzinfo=UTC)),
    ],
)
def test_the_clock_on_the_wall_shows_the_companys_hour(zone: str, hour: int, utc: datetime) -> None:
    company = Company(pk=1, digest_hour=hour)
    assert local_moment(date(2026, 3, 30), company, zone) == utc


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Africa/Cairo", date(2026, 4, 24), 0, datetime(2026, 4, 23, 22, tzinfo=UTC)),
        # From 02:00 to 02:30, from 02:45 to 03:45, and from 01:00 to 03:00.
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        ("Pacific/Chatham", date(2026, 9, 27), 3, datetime(2026, 9, 26, 14, tzinfo=UTC)),
        ("Antarctica/Troll", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        # A whole day, when Samoa went to the other side of the date line.
        ("Pacific/Apia", date(2011, 12, 30), 9, datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ],
)
def test_an_hour_that_a_clock_change_skips_is_the_moment_of_the_change(
    zone: str, day: date, hour: int, utc: datetime
) -> None:
    assert local_moment(monday_of(day), at_hour(day, hour), zone) == utc


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", date(2026, 10, 25), 2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), 1, datetime(2026, 11, 1, 5, tzinfo=UTC)),
    ],
)
def test_of_an_hour_that_comes_twice_it_is_the_first(
    zone: str, day: date, hour: int, utc: datetime
) -> None:
    assert local_moment(monday_of(day), at_hour(day, hour), zone) == utc


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def at_hour(day: date, hour: int) -> Company:
    return Company(pk=1, digest_weekday=day.weekday(), digest_hour=hour)


SUNDAY_EVENING = Company(pk=1, digest_weekday=6, digest_hour=20)
EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"


def test_on_both_sides_of_the_date_line_it_is_the_same_week() -> None:
    moments = [local_moment(MONDAY, SUNDAY_EVENING, zone) for zone in (EAST, WEST)]
    assert moments == [
        datetime(2026, 11, 22, 6, tzinfo=UTC),
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("at", "start"),
    [
        (datetime(2026, 11, 22, 5, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 22, 6, tzinfo=UTC), MONDAY),
        # In the west it is still Sunday, 26 hours later.
        (datetime(2026, 11, 23, 8, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 25, 7, 59, tzinfo=UTC), MONDAY),
        (datetime(2026, 11, 25, 8, tzinfo=UTC), None),
    ],
)
def test_the_week_is_due_from_the_first_readers_sunday_to_two_days_after_the_last_ones(
    at: datetime, start: date | None
) -> None:
    week = due_week(at, {EAST, WEST}, SUNDAY_EVENING)
    assert (week and week.start) == start


def test_a_zone_that_the_machine_does_not_know_is_the_companys() -> None:
    company = Company(pk=1, time_zone="Europe/Berlin")
    assert local_moment(MONDAY, company, "Mars/Utopia") == NINE - timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Mars/Utopia", "../etc/passwd", "Europe", ""])
def test_no_zone_at_all_is_utc(zone: str) -> None:
    assert local_moment(MONDAY, Company(pk=1, time_zone=zone), zone) == NINE
    assert week_start(NINE, zone) == MONDAY


def test_the_week_is_that_of_the_zone() -> None:
    sunday_evening = datetime(2026, 11, 15, 20, tzinfo=UTC)
    assert week_start(sunday_evening, "UTC") == MONDAY - timedelta(weeks=1)
    assert week_start(sunday_evening, "Asia/Tokyo") == MONDAY
