"""Featured stories: pinned on the feed for the week, and marked wherever they are met."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from stories.feed import PAGE_SIZE
from stories.models import CustomerGroup, Story
from tests.factories import tell_story

pytestmark = pytest.mark.django_db

MARK = "Featured</span>"


def tell(teller: User, nominee: User, group: CustomerGroup, count: int) -> list[Story]:
    """Stories a minute apart, the newest first."""
    told = [
        tell_story(teller, nominee, headline=f"Story {number}", customer_group=group)
        for number in range(count)
    ]
    for number, story in enumerate(told):
        story.published_at = timezone.now() - timedelta(minutes=number)
        story.save()
    return told


def feature(*stories: Story, ago: timedelta = timedelta()) -> None:
    """The first of them last, so that it stands on top."""
    for number, story in enumerate(stories):
        story.featured_at = timezone.now() - ago - timedelta(minutes=number)
        story.save()


@pytest.fixture
def told(teller: User, nominee: User, suppliers: CustomerGroup) -> list[Story]:
    return tell(teller, nominee, suppliers, 6)


def pages(client: Client, url: str = "/") -> list[list[Story]]:
    """Each page from top to bottom, until the last."""
    response = client.get(url)
    page = response.context["page"]
    rest = pages(client, response.context["older_url"]) if page.after else []
    return [[*page.featured, *page.stories], *rest]


def test_the_newest_featured_stands_on_top(as_stranger: Client, told: list[Story]) -> None:
    feature(told[4], told[2])
    assert pages(as_stranger) == [[told[4], told[2], told[0], told[1], told[3], told[5]]]


def test_three_are_pinned_and_the_others_keep_their_places(
    as_stranger: Client, told: list[Story]
) -> None:
    feature(told[5], told[4], told[3], told[2])
    assert pages(as_stranger) == [[told[5], told[4], told[3], told[0], told[1], told[2]]]
    assert as_stranger.get("/").content.decode().count(MARK) == 4


def test_after_a_week_it_is_a_story_like_any_other(as_stranger: Client, told: list[Story]) -> None:
    feature(told[4])
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        assert pages(as_stranger) == [told]
        assert MARK not in as_stranger.get("/").content.decode()


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "private"])
def test_what_left_the_feed_is_not_pinned(
    way: str, as_stranger: Client, told: list[Story], culture_lead: User, teller: User
) -> None:
    feature(told[4])
    if way == "hidden":
        told[4].hide(by=culture_lead, note="A name in it")
    elif way == "withdrawn":
        told[4].withdraw(by=teller)
    else:
        told[4].keep_private(by=teller)
    assert told[4] not in pages(as_stranger)[0]


@pytest.mark.parametrize("where", [0, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 2])
def test_no_page_shows_a_story_twice_or_leaves_one_out(
    where: int, as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    stories = tell(teller, nominee, suppliers, PAGE_SIZE + 4)
    feature(stories[where])
    rest = [story for story in stories if story != stories[where]]
    assert pages(as_stranger) == [[stories[where], *rest[:PAGE_SIZE]], rest[PAGE_SIZE:]]


@pytest.mark.parametrize("filters", ["moment=customer_love", "q=kayak", "period=week"])
def test_what_somebody_asked_for_comes_in_its_own_order(
    filters: str, as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    told = [
        tell_story(teller, nominee, headline=f"A kayak {number}", customer_group=suppliers)
        for number in range(3)
    ]
    feature(told[0])
    page = as_stranger.get(f"/?{filters}").context["page"]
    assert (page.featured, page.stories) == ([], told[::-1])


def test_a_pinned_story_is_no_news(as_stranger: Client, told: list[Story]) -> None:
    feature(told[0])
    url = as_stranger.get("/").context["news_url"]
    assert as_stranger.get(f"/stories/news/{url}").status_code == 204


def test_an_older_pinned_story_hides_no_news(
    as_stranger: Client, told: list[Story], teller: User, nominee: User
) -> None:
    feature(told[4])
    url = as_stranger.get("/").context["news_url"]
    tell_story(teller, nominee, headline="New")
    assert "1 new story" in as_stranger.get(f"/stories/news/{url}").content.decode()


def test_a_feed_of_pinned_stories_alone_is_not_empty(
    as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    feature(*tell(teller, nominee, suppliers, 2))
    page = as_stranger.get("/").content.decode()
    assert "That is where it all began" in page
    assert "The first story is waiting for you" not in page


def test_pinning_costs_no_queries(as_stranger: Client, told: list[Story]) -> None:
    counts = []
    as_stranger.get("/")
    for featured in (told[:0], told[:1], told[:3]):
        feature(*featured)
        with CaptureQueriesContext(connection) as queries:
            as_stranger.get("/")
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_it_is_marked_on_its_page_and_among_the_stories_of_a_colleague(
    as_stranger: Client, told: list[Story], nominee: User
) -> None:
    feature(told[4])
    assert MARK in as_stranger.get(told[4].get_absolute_url()).content.decode()
    assert MARK not in as_stranger.get(told[3].get_absolute_url()).content.decode()
    assert as_stranger.get(nominee.get_absolute_url()).content.decode().count(MARK) == 1


def test_unfeatured_it_goes_back_to_its_place(
    as_stranger: Client, told: list[Story], culture_lead: User
) -> None:
    told[4].feature(by=culture_lead)
    told[4].unfeature(by=culture_lead)
    assert pages(as_stranger) == [told]
