"""What the navigation of every page says to a reviewer: how much is due to them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from stories.models import Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling
from tests.stories.reviewed import review_first, waiting_story

WIDE, NARROW = 'id="due-count">', 'id="due-count-narrow">'


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


def change(story: Story) -> None:
    review_first()
    said = telling(nominees=story.nominees, customer_group=story.customer_group, headline="New")
    story.edit(said, by=story.teller)


def test_it_counts_what_waits_on_a_wide_window_and_on_a_phone(
    waiting: Story, as_manager: Client
) -> None:
    page = as_manager.get("/").text
    assert page.count('href="/review/"') == 3
    assert f"{WIDE}1<" in page
    assert f"{NARROW}1<" in page


@pytest.mark.parametrize("path", ["/", "/review/"])
def test_changes_and_reports_are_due_as_well(
    path: str,
    company: Company,
    as_manager: Client,
    teller: User,
    nominee: User,
    stranger: User,
) -> None:
    reported, changed = tell_story(teller, nominee), tell_story(teller, nominee)
    reported.report("It names a customer.", by=stranger)
    change(changed)
    waiting_story(teller, nominee)
    assert f"{WIDE}3<" in as_manager.get(path).text


@pytest.mark.parametrize("path", ["/", "/review/"])
def test_what_is_only_new_this_week_is_not(
    path: str, company: Company, as_manager: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee)
    assert f"{WIDE}</b>" in as_manager.get(path).text


def test_it_says_nothing_where_nothing_is_due(
    company: Company, as_manager: Client, nominee: User
) -> None:
    page = as_manager.get("/").text
    assert f"{WIDE}</b>" in page
    assert f"{NARROW}</b>" in page


def test_what_others_decide_about_is_not_counted(waiting: Story, as_other_manager: Client) -> None:
    assert f"{WIDE}</b>" in as_other_manager.get("/").text


def test_it_costs_the_same_few_queries_however_much_is_due(
    company: Company, manager: User, culture_lead: User, teller: User, nominee: User
) -> None:
    client = signed_in(manager)
    counts: list[int] = []
    for times in (1, 8):
        for _time in range(times):
            reported, changed, _waiting = (waiting_story(teller, nominee) for _each in range(3))
            reported.publish(by=culture_lead)
            reported.report("It names a customer.", by=UserFactory())
            changed.publish(by=culture_lead)
            change(changed)
        counts.append(len(asked(client, "/preferences/")))
    assert counts[0] == counts[1]
    # One for each list, and one for what was handed over.
    assert len([each for each in asked(client, "/preferences/") if "COUNT(*)" in each["sql"]]) == 4


def asked(client: Client, path: str) -> list[Any]:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return queries.captured_queries
