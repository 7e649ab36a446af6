"""One's own stories, on their shelves."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Publicity, User
from tests.factories import draft_story, tell_story, wants

pytestmark = pytest.mark.django_db


def shelf(client: Client, name: str) -> list[str]:
    response = client.get(f"/stories/mine/?list={name}")
    assert response.status_code == 200
    return [story.headline for story in response.context["stories"]]


def test_each_story_stands_on_its_shelf(
    as_teller: Client, teller: User, nominee: User, manager: User, culture_lead: User
) -> None:
    draft_story(teller, nominee, headline="Draft")
    tell_story(teller, nominee, headline="Told")
    tell_story(teller, nominee, headline="Private", visibility="private")
    tell_story(teller, nominee, headline="Hidden").hide(by=culture_lead, note="No.")
    tell_story(teller, nominee, headline="Withdrawn").withdraw(by=teller)
    tell_story(nominee, teller, headline="About me")
    manager.publicity = Publicity.ASK_FIRST
    manager.save()
    tell_story(teller, manager, headline="Asking")

    assert shelf(as_teller, "drafts") == ["Draft"]
    assert shelf(as_teller, "under-way") == ["Asking"]
    assert shelf(as_teller, "told") == ["Hidden", "Private", "Told"]
    assert shelf(as_teller, "celebrated") == ["About me"]


def test_private_stories_about_me_are_mine_to_read(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="Private", visibility="private")

    assert shelf(as_nominee, "celebrated") == ["Private"]


def test_the_shelves_say_how_many(as_teller: Client, teller: User, nominee: User) -> None:
    draft_story(teller, nominee)
    tell_story(teller, nominee)
    tell_story(teller, nominee)

    counts = [each.count for each in as_teller.get("/stories/mine/").context["shelves"]]
    assert counts == [1, 0, 2, 0]


def test_a_story_that_waits_for_my_answer_is_under_way(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    tell_story(teller, nominee, headline="Asking me")

    page = as_nominee.get("/stories/mine/?list=under-way")
    assert [story.headline for story in page.context["stories"]] == ["Asking me"]
    assert page.context["shelves"][1].count == 1


@pytest.mark.parametrize("name", ["drafts", "under-way"])
def test_the_page_says_that_a_story_waits_for_my_answer(
    name: str, as_nominee: Client, teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee)

    page = as_nominee.get(f"/stories/mine/?list={name}").content.decode()
    assert "A colleague told a story about you. It waits for your answer." in page
    assert ("?list=under-way" if name == "drafts" else story.get_absolute_url()) in page


def test_what_i_have_answered_waits_for_me_no_longer(
    as_nominee: Client, teller: User, nominee: User, manager: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    wants(manager, Publicity.ASK_FIRST)
    tell_story(teller, nominee, manager).agree(by=nominee)

    page = as_nominee.get("/stories/mine/?list=under-way")
    assert (page.context["stories"], page.context["waiting"]) == ([], set())


def test_a_story_that_asks_somebody_else_is_not_mine(
    as_nominee: Client, teller: User, nominee: User, manager: User
) -> None:
    wants(manager, Publicity.ASK_FIRST)
    tell_story(teller, nominee, manager)

    assert shelf(as_nominee, "under-way") == []


def test_unasked_the_first_shelf_with_something_opens(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee)

    assert as_nominee.get("/stories/mine/").context["shelf"].name == "celebrated"


@pytest.mark.parametrize("name", ["drafts", "under-way", "told", "celebrated"])
def test_an_empty_shelf_says_what_would_be_here(name: str, as_stranger: Client) -> None:
    assert b'class="empty"' in as_stranger.get(f"/stories/mine/?list={name}").content


@pytest.mark.parametrize("query", ["list=other", "list=", "list=told&after=forged"])
def test_a_forged_address_is_not_found(query: str, as_stranger: Client) -> None:
    assert as_stranger.get(f"/stories/mine/?{query}").status_code == 404


@pytest.mark.parametrize("name", ["drafts", "told"])
def test_a_long_shelf_goes_on_by_cursor(
    name: str, as_teller: Client, teller: User, nominee: User
) -> None:
    make = draft_story if name == "drafts" else tell_story
    made = [make(teller, nominee, headline=f"Story {number}") for number in range(23)]
    first = as_teller.get(f"/stories/mine/?list={name}").context
    second = as_teller.get(f"/stories/mine/?list={name}&after={first['after']}").context

    assert [*first["stories"], *second["stories"]] == made[::-1]
    assert second["after"] == ""


def test_the_page_makes_as_many_queries_at_3_and_at_30(
    as_teller: Client, teller: User, nominee: User
) -> None:
    counts: list[int] = []
    for _ in range(2):
        for _ in range(3 if not counts else 27):
            tell_story(teller, nominee)
        with CaptureQueriesContext(connection) as queries:
            shelf(as_teller, "told")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_what_waits_for_me_takes_as_many_queries_at_3_and_at_30(
    as_nominee: Client, teller: User, nominee: User
) -> None:
    wants(nominee, Publicity.ASK_FIRST)
    counts: list[int] = []
    for more in (3, 27):
        for _ in range(more):
            tell_story(teller, nominee)
        with CaptureQueriesContext(connection) as queries:
            shelf(as_nominee, "under-way")
        counts.append(len(queries))

    assert counts[0] == counts[1]
