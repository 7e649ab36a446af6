"""The review page says who reviews in whose place today, to both of them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, Delegation, User
from accounts.models.delegation import today
from tests.conftest import signed_in
from tests.factories import UserFactory
from tests.stories.reviewed import HTMX

pytestmark = pytest.mark.django_db

AWAY = 'href="/preferences/away/">While you are away</a>'
WEEK = timedelta(days=7)


def said(person: User) -> str:
    """What stands below the title."""
    page = signed_in(person).get("/review/").text
    found = re.search(r"<h1>Review</h1>(.*?)</div>", page, re.DOTALL)
    assert found
    return " ".join(found[1].split())


def in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_a_stand_in_reads_for_whom_and_until_when(delegate: User) -> None:
    last = in_words(today() + WEEK)
    assert f"You also review for <bdi>Maya Rao</bdi> until {last}." in said(delegate)
    assert AWAY not in said(delegate)


def test_who_is_away_reads_who_stands_in_and_where_to_change_it(
    delegate: User, manager: User
) -> None:
    last = in_words(today() + WEEK)
    assert f"<bdi>Dele Adeyemi</bdi> also reviews for you until {last}." in said(manager)
    assert AWAY in said(manager)


def test_who_stands_in_for_nobody_reads_nothing(delegate: User, culture_lead: User) -> None:
    assert said(culture_lead) == ""


def test_what_is_arranged_for_later_is_not_said(
    nominee: User, manager: User, culture_lead: User
) -> None:
    first, last = today() + WEEK, today() + 2 * WEEK
    Delegation.objects.hand_over(manager, culture_lead, first=first, last=last)
    assert said(manager) == said(culture_lead) == ""


def test_days_that_overlap_are_said_once_with_the_last(delegate: User, manager: User) -> None:
    last = today() + 2 * WEEK
    Delegation.objects.hand_over(manager, delegate, first=today(), last=last)
    assert said(delegate).count("You also review for") == 1
    assert in_words(last) in said(delegate)


def test_who_reviews_nothing_any_more_hands_nothing_on(
    delegate: User, manager: User, other_manager: User
) -> None:
    """Somebody else manages their people now, and the stand-in reviews by a right of their own."""
    manager.reports.update(manager=other_manager)
    User.objects.filter(pk=delegate.pk).update(is_culture_lead=True)
    delegate.refresh_from_db()
    assert said(delegate) == ""


def test_it_costs_one_query_however_many_there_are(
    company: Company, delegate: User, manager: User, as_manager: Client
) -> None:
    def asked() -> int:
        as_manager.get("/review/")
        with CaptureQueriesContext(connection) as caught:
            as_manager.get("/review/")
        return sum("accounts_delegation" in each["sql"] for each in caught.captured_queries)

    before = asked()
    for _time in range(3):
        Delegation.objects.hand_over(manager, UserFactory(), first=today(), last=today())
    assert asked() == before == 2


def test_the_part_that_changes_does_not_ask_again(delegate: User, as_manager: Client) -> None:
    assert "standing_in" not in as_manager.get("/review/", headers=HTMX).context
