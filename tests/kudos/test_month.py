"""Months in addresses, and where they begin in a time zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kudos.lib.month import Month


def test_a_month_is_read_as_it_was_written() -> None:
    assert Month.parse("2026-11") == Month(2026, 11)
    assert str(Month(2026, 3)) == "2026-03"


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-1", "26-11", "2026-11-01", "1999-12", "٢٠٢٦-١١"],
)
def test_anything_else_is_no_month(text: str) -> None:
    with pytest.raises(ValueError, match="^"):
        Month.parse(text)


def test_months_follow_one_another_over_the_years() -> None:
    assert Month(2026, 12).plus(1) == Month(2027, 1)
    assert Month(2026, 1).plus(-1) == Month(2025, 12)
    assert Month(2026, 11).plus(-11) == Month(2025, 12)
    assert Month.of(date(2026, 11, 30)) == Month(2026, 11)


def test_it_begins_at_midnight_where_the_company_is() -> None:
    begin, end = Month(2026, 11).bounds(ZoneInfo("Pacific/Auckland"))

    assert begin == datetime(2026, 10, 31, 11, tzinfo=UTC)
    assert end == datetime(2026, 11, 30, 11, tzinfo=UTC)


def test_the_change_of_clocks_within_it_is_part_of_it() -> None:
    begin, end = Month(2026, 10).bounds(ZoneInfo("Europe/Berlin"))

    assert begin == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert end == datetime(2026, 10, 31, 23, tzinfo=UTC)


def test_the_first_and_the_last_month_have_bounds_everywhere() -> None:
    for month in (Month.parse("2000-01"), Month.parse("2100-12")):
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            begin, end = month.bounds(ZoneInfo(zone))
            assert begin.astimezone(UTC) < end.astimezone(UTC)
