"""What the feed counts: the week, every group, and what is new."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from stories.models import CustomerGroup, Story
from tests.factories import GroupFactory, tell_story
from tests.stories.feed import published

pytestmark = pytest.mark.django_db


def test_the_lead_counts_the_week(as_stranger: Client, teller: User, nominee: User) -> None:
    for group in (GroupFactory(), GroupFactory()):
        tell_story(teller, nominee, customer_group=group)
    published(tell_story(teller, nominee), timezone.now() - timedelta(days=8))

    week = as_stranger.get("/").context["week"]

    assert (week.stories, week.departments, week.groups) == (2, 1, 2)


def test_counts_leave_out_what_is_not_everybodys(
    as_stranger: Client, story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    tell_story(teller, nominee, visibility="private")
    tell_story(teller, nominee).hide(by=culture_lead, note="No.")

    context = as_stranger.get("/").context

    assert context["week"].stories == 1
    assert sum(row.count for row in context["month"]) == 1


def test_the_rail_shows_every_group_most_first(
    as_stranger: Client, story: Story, customers: CustomerGroup
) -> None:
    month = as_stranger.get("/").context["month"]

    assert [(row.group.name, row.count) for row in month] == [("Suppliers", 1), ("Customers", 0)]


def news_url(client: Client, query: str = "") -> str:
    return f"/stories/news/{client.get(f'/{query}').context['news_url']}"


def test_nothing_new_is_nothing_to_say(as_stranger: Client, story: Story) -> None:
    assert as_stranger.get(news_url(as_stranger)).status_code == 204


def test_new_stories_are_counted_in_a_link(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    for _ in range(3):
        tell_story(teller, nominee)

    html = as_stranger.get(url).content.decode()

    assert "3 new stories" in html
    assert '<a class="button button--go" id="news-link" href="/' in html


def test_the_first_story_of_an_empty_feed_is_new(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    tell_story(teller, nominee)

    assert b"1 new story" in as_stranger.get(url).content


def test_news_that_was_said_is_not_said_again(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    tell_story(teller, nominee)

    assert as_stranger.get(f"{url}&seen=1").status_code == 204


def test_news_keep_to_the_filters(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger, "?moment=wow")
    tell_story(teller, nominee)

    assert as_stranger.get(url).status_code == 204
