"""The review page: who finds it, and what it costs."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from stories.models import Story
from stories.review.queue import PAGE_SIZE
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.reviewed import HTMX, REVIEWERS, listed, opened, review_first, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


# --- Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", REVIEWERS)
def test_reviewers_find_what_waits(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    page = opened(signed_in(request.getfixturevalue(who)))
    assert page["opened"].story == waiting
    assert page["due_count"] == 1


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger"])
@pytest.mark.parametrize("path", ["/review/", "/review/?tab=week", "/review/?tab=nonsense"])
def test_nobody_else_finds_it(
    who: str, path: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(path).status_code == 404
    assert b'href="/review/"' not in client.get("/").content


def test_who_is_not_signed_in_or_has_left_signs_in(
    waiting: Story, client: Client, leaver: User
) -> None:
    User.objects.filter(pk=leaver.pk).update(is_culture_lead=True)
    assert client.get("/review/").status_code == 302
    assert signed_in(leaver).get("/review/").status_code == 302


def test_a_manager_of_others_finds_nothing_in_it(waiting: Story, as_other_manager: Client) -> None:
    page = opened(as_other_manager)
    assert page["opened"] is None
    assert page["due_count"] == 0
    missing = as_other_manager.get("/review/", {"story": waiting.ref})
    assert missing.status_code == 404
    assert b"It waits" not in missing.content


def test_a_delegate_whose_time_is_over_finds_it_no_more(
    waiting: Story, delegate: User, manager: User
) -> None:
    manager.delegations.get().end(by=manager)
    assert signed_in(delegate).get("/review/").status_code == 404


@pytest.mark.parametrize("kind", ["teller", "nominee", "helping_hand"])
def test_nobody_reviews_what_is_by_or_about_them(
    kind: str, company: Company, manager: User, teller: User, nominee: User, culture_lead: User
) -> None:
    review_first()
    if kind == "teller":
        tell_story(manager, nominee)
    elif kind == "nominee":
        tell_story(teller, nominee, manager)
    else:
        tell_story(teller, nominee, helping_hands=[manager])
    assert listed(signed_in(manager)) == []


@pytest.mark.parametrize("tab", ["waiting", "week", "returned", "hidden"])
def test_a_private_story_is_in_no_list(
    tab: str, company: Company, as_culture_lead: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, visibility="private")
    assert listed(as_culture_lead, tab=tab) == []


def test_it_is_read_and_nothing_else(as_manager: Client, nominee: User) -> None:
    assert as_manager.post("/review/").status_code == 405


@pytest.mark.parametrize("query", ["tab=nonsense", "tab=week&after=nonsense", "after=x&tab=hidden"])
def test_a_forged_address_is_not_found(query: str, as_manager: Client, nominee: User) -> None:
    assert as_manager.get(f"/review/?{query}").status_code == 404


@pytest.mark.parametrize("ref", ["nothing", "../x", "' or 1", "x" * 900])
def test_a_story_that_is_not_there_leaves_the_list(
    ref: str, waiting: Story, as_manager: Client
) -> None:
    response = as_manager.get("/review/", {"story": ref})
    assert response.status_code == 404
    assert b"This story is not here" in response.content
    assert b"It waits" in response.content
    part = as_manager.get("/review/", {"story": ref}, headers=HTMX)
    assert part.status_code == 200


# --- What it costs ------------------------------------------------------------------------


def queries(client: Client, **query: str) -> list[Any]:
    client.get("/review/", query)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get("/review/", query).status_code == 200
    return caught.captured_queries


@pytest.mark.parametrize("tab", ["waiting", "week", "returned", "hidden"])
def test_the_queries_are_as_many_for_two_stories_as_for_many(
    tab: str, company: Company, manager: User, culture_lead: User, teller: User, nominee: User
) -> None:
    def tell(times: int) -> None:
        for number in range(times):
            story = waiting_story(teller, nominee, UserFactory())
            if number % 2 and tab == "waiting":
                story.hand_over(manager, by=culture_lead)
            elif tab != "waiting":
                story.publish(by=culture_lead)
                Story.objects.filter(pk=story.pk).update(looked_at=None)
            if tab == "returned":
                story.send_back(by=culture_lead, note="Shorter")
            elif tab == "hidden":
                story.hide(by=culture_lead, note="A name")

    client = signed_in(manager)
    tell(8)
    few = len(queries(client, tab=tab))
    tell(PAGE_SIZE + 6)
    many = len(queries(client, tab=tab))
    assert many == few
    assert few <= 60
