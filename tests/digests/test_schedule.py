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


def test_an_hour_that_a_clock_change_skips_is_the_moment_after_it() -> None:
    sunday_at_two = Company(pk=1, digest_weekday=6, digest_hour=2)
    moment = local_moment(date(2026, 3, 23), sunday_at_two, "Europe/Berlin")
    assert moment == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_the_week_is_that_of_the_zone() -> None:
    sunday_evening = datetime(2026, 11, 15, 20, tzinfo=UTC)
    assert week_start(sunday_evening, "UTC") == MONDAY - timedelta(weeks=1)
    assert week_start(sunday_evening, "Asia/Tokyo") == MONDAY
