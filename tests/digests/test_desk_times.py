"""How the desk says when something happens: in the reader's own zone, near days by their names."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from stories.digests.templatetags.desk import at_time, in_words

FRIDAY = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(hours=-16), "yesterday at 23:30"),
        (timedelta(hours=2), "today at 17:30"),
        (timedelta(hours=9), "tomorrow at 00:30"),
        (timedelta(days=3), "Monday at 15:30"),
        (timedelta(days=6), "Thursday at 15:30"),
        (timedelta(days=7), "Friday, 27 November at 15:30"),
        (timedelta(days=-2), "Wednesday, 18 November at 15:30"),
    ],
)
def test_near_days_have_names(away: timedelta, said: str) -> None:
    assert in_words(FRIDAY + away, FRIDAY) == said


def test_days_and_hours_are_those_of_the_reader() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert in_words(FRIDAY, FRIDAY) == "today at 00:30"
        assert in_words(FRIDAY - timedelta(hours=1), FRIDAY) == "yesterday at 23:30"


def test_the_exact_moment_is_in_the_title_and_for_machines() -> None:
    shown = at_time(FRIDAY)
    assert 'datetime="2026-11-20T15:30:00+00:00"' in shown
    assert 'title="20 November 2026, 15:30:00"' in shown


def test_another_language_says_it_its_own_way() -> None:
    with translation.override("de"):
        assert "15:30" in in_words(FRIDAY + timedelta(days=3), FRIDAY)
        assert "Montag" in in_words(FRIDAY + timedelta(days=3), FRIDAY)
