"""What the mail to a stand-in says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.conf import settings

from accounts.models import Company, User
from stories.notices.days import Days
from stories.notices.models import StandInNotice
from stories.notices.standing_in import News, stand_in_mail

pytestmark = pytest.mark.django_db

REVIEW = f"{settings.KUDOS_URL}/review/"
BEGUN = Days(date(2026, 11, 2), date(2026, 11, 9))
LATER = Days(date(2026, 11, 3), date(2026, 11, 9))


@pytest.fixture(autouse=True)
def on_monday(company: Company) -> Iterator[None]:
    company.time_zone = "Europe/Berlin"
    company.save()
    with time_machine.travel(datetime(2026, 11, 2, 10, tzinfo=UTC), tick=False):
        yield


def parts(person: User, reviewer: User, *days: Days, is_change: bool = False) -> list[str]:
    """The text and the HTML, each on one line."""
    notice = StandInNotice(person=person, reviewer=reviewer)
    message = stand_in_mail(notice, News(list(days), is_change=is_change))
    both = (str(message.body), str(message.alternatives[0].content))
    return [" ".join(part.split()) for part in both]


def test_it_says_who_asks_when_and_what_that_means(stranger: User, manager: User) -> None:
    for part in parts(stranger, manager, BEGUN):
        assert "Maya Rao asks you to stand in from Nov. 2, 2026 until Nov. 9, 2026." in part
        assert "In that time you may review what Maya Rao may review, except" in part


def test_once_it_has_begun_it_leads_to_the_review(stranger: User, manager: User) -> None:
    text, html = parts(stranger, manager, BEGUN)
    assert f"Go to the review: {REVIEW}" in text
    assert f'href="{REVIEW}"' in html
    assert "Go to the review<" in html


def test_before_that_the_link_says_from_when(stranger: User, manager: User) -> None:
    text, html = parts(stranger, manager, LATER)
    assert f"Go to the review, from Nov. 3, 2026 on: {REVIEW}" in text
    assert f'href="{REVIEW}"' in html
    assert "Go to the review, from Nov. 3, 2026 on<" in html


def test_it_has_begun_with_the_companys_day(
    company: Company, stranger: User, manager: User
) -> None:
    company.time_zone = "Pacific/Auckland"
    company.save()
    with time_machine.travel(datetime(2026, 11, 2, 12, tzinfo=UTC), tick=False):
        assert "Go to the review: " in parts(stranger, manager, LATER)[0]


def test_elsewhere_it_is_said_by_the_readers_clock(stranger: User, manager: User) -> None:
    stranger.time_zone = "Asia/Tokyo"
    for part in parts(stranger, manager, LATER):
        assert "from Nov. 3, 2026, 8 a.m. until Nov. 10, 2026, 8 a.m." in part
        assert "Go to the review, from Nov. 3, 2026, 8 a.m. on" in part


def test_it_is_in_the_readers_language(stranger: User, manager: User) -> None:
    stranger.language = "de"
    for part in parts(stranger, manager, LATER):
        assert "bittet dich um Vertretung vom 3. November 2026 bis zum 9. November 2026." in part
        assert "Zur Durchsicht, ab 3. November 2026" in part


def test_a_change_says_how_it_is_now(stranger: User, manager: User) -> None:
    for part in parts(stranger, manager, LATER, is_change=True):
        assert "you stand in from Nov. 3, 2026 until Nov. 9, 2026." in part
        assert "asks you to stand in" not in part


def test_what_is_over_leads_nowhere(stranger: User, manager: User) -> None:
    for part in parts(stranger, manager, is_change=True):
        assert "you no longer stand in for Maya Rao" in part
        assert REVIEW not in part
        assert "In that time" not in part


def test_a_name_is_text_and_no_markup(stranger: User, manager: User) -> None:
    manager.name = "Maya <b>Rao</b>"
    assert "<b>" not in parts(stranger, manager, BEGUN)[1]
