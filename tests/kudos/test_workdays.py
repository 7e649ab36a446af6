"""Working days are counted over weekends, and over the nights in which clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from kudos.lib.workdays import working_days_after

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND = ZoneInfo("Pacific/Auckland")


def after(day: str, days: int) -> str:
    begun = datetime.fromisoformat(f"{day} 16:30").replace(tzinfo=BERLIN)
    later = working_days_after(begun, days, BERLIN)
    assert f"{later:%H:%M}" == "16:30"
    return f"{later:%a %Y-%m-%d}"


@pytest.mark.parametrize(
    ("day", "days", "later"),
    [
        ("2026-11-30", 2, "Wed 2026-12-02"),  # a Monday
        ("2026-11-30", 5, "Mon 2026-12-07"),
        ("2026-11-30", 7, "Wed 2026-12-09"),
        ("2026-12-03", 2, "Mon 2026-12-07"),  # a Thursday
        ("2026-12-04", 2, "Tue 2026-12-08"),  # a Friday
        ("2026-12-05", 2, "Tue 2026-12-08"),  # a Saturday
        ("2026-12-06", 2, "Tue 2026-12-08"),  # a Sunday
        ("2026-12-06", 5, "Fri 2026-12-11"),
        ("2026-12-30", 2, "Fri 2027-01-01"),
        ("2026-03-27", 2, "Tue 2026-03-31"),  # clocks go forward on that Sunday
        ("2026-10-23", 2, "Tue 2026-10-27"),  # and back on this one
    ],
)
def test_weekends_do_not_count(day: str, days: int, later: str) -> None:
    assert after(day, days) == later


def test_no_days_later_it_is_now() -> None:
    now = datetime(2026, 12, 5, 12, tzinfo=UTC)
    assert working_days_after(now, 0, BERLIN) == now


def test_the_weekend_is_that_of_the_zone() -> None:
    """Friday noon in London is Saturday in Auckland."""
    friday = datetime(2026, 12, 4, 12, tzinfo=UTC)
    later = working_days_after(friday, 1, AUCKLAND)
    assert later == datetime(2026, 12, 7, 1, tzinfo=AUCKLAND)
    assert working_days_after(friday, 1, UTC) == datetime(2026, 12, 7, 12, tzinfo=UTC)
