"""Days that are said as days, and as hours where another clock makes them so."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from stories.notices.days import Days, all_in_words, joined, still_to_come

BERLIN, ROME, TOKYO = map(ZoneInfo, ("Europe/Berlin", "Europe/Rome", "Asia/Tokyo"))
HONOLULU, KIRITIMATI = map(ZoneInfo, ("Pacific/Honolulu", "Pacific/Kiritimati"))


def days(first: int, last: int) -> Days:
    return Days(date(2026, 12, first), date(2026, 12, last))


@pytest.mark.parametrize("reader", [BERLIN, ROME])
def test_where_clocks_agree_days_are_days(reader: ZoneInfo) -> None:
    assert days(1, 10).in_words(BERLIN, reader) == ("Dec. 1, 2026", "Dec. 10, 2026")


def test_elsewhere_they_begin_and_end_at_an_hour() -> None:
    assert days(1, 10).in_words(BERLIN, TOKYO) == ("Dec. 1, 2026, 8 a.m.", "Dec. 11, 2026, 8 a.m.")


def test_a_whole_day_apart_they_are_not_the_same_days() -> None:
    assert days(1, 1).in_words(KIRITIMATI, HONOLULU) == (
        "Nov. 30, 2026, midnight",
        "Dec. 1, 2026, midnight",
    )


def test_days_at_the_ends_of_the_calendar_are_said_all_the_same() -> None:
    first, last = Days(date.min, date.max).in_words(TOKYO, HONOLULU)
    assert (first, last) == ("Jan. 1, 0001", "Dec. 31, 9999")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on Dec. 1, 2026 and from Dec. 3, 2026 until Dec. 5, 2026"),
        ("de", "am 1. Dezember 2026 und vom 3. Dezember 2026 bis zum 5. Dezember 2026"),
    ],
)
def test_several_are_one_sentence(language: str, said: str) -> None:
    with translation.override(language):
        assert all_in_words([days(1, 1), days(3, 5)], BERLIN, BERLIN) == said


@pytest.mark.parametrize(
    ("periods", "whole"),
    [
        ([days(6, 9), days(1, 3)], [days(1, 3), days(6, 9)]),
        ([days(1, 5), days(4, 9)], [days(1, 9)]),
        ([days(1, 5), days(6, 9)], [days(1, 9)]),
        ([days(1, 9), days(2, 3)], [days(1, 9)]),
    ],
)
def test_days_that_touch_are_one_period(periods: list[Days], whole: list[Days]) -> None:
    assert joined(periods) == whole


def test_what_has_passed_is_left_out() -> None:
    left = still_to_come([days(1, 3), days(4, 9), days(20, 21)], date(2026, 12, 5))
    assert left == [days(5, 9), days(20, 21)]
