"""The feed: its pages, and what it says when it is empty."""

import pytest
from django.test import Client

from accounts.models import Company, User
from kudos.lib.cursor import Cursor
from stories.feed import PAGE_SIZE, cursor_of
from stories.models import CustomerGroup, Story
from tests.factories import tell_story
from tests.stories.feed import fill, shown

pytestmark = pytest.mark.django_db


def test_shows_the_newest_first(as_stranger: Client, teller: User, nominee: User) -> None:
    for headline in ("First", "Second"):
        tell_story(teller, nominee, headline=headline)

    assert shown(as_stranger) == ["Second", "First"]


def test_asks_for_sign_in(client: Client, db: None) -> None:
    assert client.get("/").status_code == 302


def test_twenty_a_page_and_a_real_link_to_the_older_ones(
    as_stranger: Client, teller: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    first = as_stranger.get("/")

    second = as_stranger.get(first.context["older_url"])

    pages = [*first.context["page"].stories, *second.context["page"].stories]
    assert len(first.context["page"].stories) == PAGE_SIZE
    assert [story.pk for story in pages] == [story.pk for story in Story.objects.on_feed()]
    assert b"Older stories" in first.content
    assert b"Older stories" not in second.content


def test_pages_do_not_slide_while_people_publish(
    as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    first = as_stranger.get("/")
    older = list(Story.objects.on_feed())[PAGE_SIZE:]
    tell_story(teller, nominee, headline="New")

    second = as_stranger.get(first.context["older_url"])

    assert second.context["page"].stories == older


def test_htmx_gets_the_next_cards_alone(
    as_stranger: Client, teller: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    url = as_stranger.get("/").context["older_url"]

    part = as_stranger.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.count("<article") == 12
    assert "<html" not in part
    assert "<h1" not in part


def test_the_same_address_answers_differently_to_htmx_and_says_so(as_stranger: Client) -> None:
    assert "HX-Request" in as_stranger.get("/")["Vary"]


@pytest.mark.parametrize("cursor", ["x", "MjAyNQ", "é", "A" * 300, "====", "LTF8MQ", "%00"])
def test_a_forged_cursor_is_not_found(as_stranger: Client, cursor: str) -> None:
    assert as_stranger.get(f"/?after={cursor}").status_code == 404
    assert as_stranger.get(f"/?q=word&after={cursor}").status_code == 404
    assert as_stranger.get(f"/stories/news/?since={cursor}").status_code == 404


def test_an_empty_feed_offers_to_tell_the_first_story(as_stranger: Client) -> None:
    assert b"The first story is waiting for you" in as_stranger.get("/").content


def test_a_search_that_finds_nothing_offers_to_tell_it(as_stranger: Client, story: Story) -> None:
    assert b"No story says that" in as_stranger.get("/?q=zebra").content


def test_what_was_searched_is_escaped(as_stranger: Client) -> None:
    html = as_stranger.get("/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


def test_the_vision_stands_on_the_feed(as_stranger: Client, company: Company) -> None:
    assert b"A day they still talk about." in as_stranger.get("/").content


def test_a_cursor_is_a_place_not_a_count(story: Story) -> None:
    assert Cursor.parse(str(cursor_of(story))) == cursor_of(story)
