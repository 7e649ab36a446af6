"""A colleague's page shows what its reader may see, and counts nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from stories.models import Story
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db


def shelf(client: Client, person: User, name: str) -> list[str]:
    response = client.get(f"/people/{person.ref}/?list={name}")
    assert response.status_code == 200
    return [story.headline for story in response.context["stories"]]


def test_shows_what_they_were_celebrated_for_told_and_helped_with(
    as_stranger: Client, teller: User, nominee: User, manager: User
) -> None:
    tell_story(teller, nominee, headline="Celebrated")
    tell_story(nominee, manager, headline="Told")
    tell_story(teller, manager, headline="Helped", helping_hands=[nominee])

    assert shelf(as_stranger, nominee, "celebrated") == ["Celebrated"]
    assert shelf(as_stranger, nominee, "told") == ["Told"]
    assert shelf(as_stranger, nominee, "helped") == ["Helped"]


def test_a_private_story_shows_to_its_few_alone(
    as_manager: Client, as_stranger: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="Private", visibility="private")

    assert shelf(as_manager, nominee, "celebrated") == ["Private"]
    assert shelf(as_stranger, nominee, "celebrated") == []


def test_counts_nothing(as_stranger: Client, story: Story, nominee: User) -> None:
    shelves = as_stranger.get(f"/people/{nominee.ref}/").context["shelves"]

    assert [each.count for each in shelves] == [None, None, None]


def test_a_leavers_page_stays_and_says_so(as_stranger: Client, teller: User, nominee: User) -> None:
    tell_story(teller, nominee, headline="Remembered")
    nominee.is_active = False
    nominee.save()
    html = as_stranger.get(f"/people/{nominee.ref}/").content.decode()

    assert "Remembered" in html
    assert "No longer works here" in html


def test_somebody_unknown_is_not_found(as_stranger: Client) -> None:
    assert as_stranger.get("/people/unknown/").status_code == 404


@pytest.mark.parametrize("query", ["list=other", "after=forged", "list="])
def test_a_forged_address_is_not_found(query: str, as_stranger: Client, nominee: User) -> None:
    assert as_stranger.get(f"/people/{nominee.ref}/?{query}").status_code == 404


@pytest.mark.parametrize("name", ["celebrated", "told", "helped"])
def test_an_empty_shelf_says_what_would_be_here(
    name: str, as_stranger: Client, nominee: User
) -> None:
    page = as_stranger.get(f"/people/{nominee.ref}/?list={name}")

    assert b'class="empty"' in page.content


def test_names_are_escaped(as_stranger: Client) -> None:
    person = UserFactory(name="<b>Bo</b>")

    assert b"<b>Bo</b>" not in as_stranger.get(f"/people/{person.ref}/").content


def test_the_page_makes_as_many_queries_at_3_and_at_30(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    counts: list[int] = []
    for _ in range(2):
        for _ in range(3 if not counts else 27):
            tell_story(teller, nominee)
        with CaptureQueriesContext(connection) as queries:
            shelf(as_stranger, nominee, "celebrated")
        counts.append(len(queries))

    assert counts[0] == counts[1]
