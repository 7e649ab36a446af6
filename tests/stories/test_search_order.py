"""In which order search brings what it finds, and its pages."""

import pytest
from django.http import Http404
from django.test import Client

from accounts.models import User
from stories.models import Story
from stories.search import SearchCursor, beyond, search
from tests.factories import tell_story
from tests.stories.searching import found

pytestmark = pytest.mark.django_db


def test_the_headline_outweighs_the_customers_words_and_those_the_text(
    teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="A storm came")
    tell_story(teller, nominee, headline="Two", customer_words="What a storm.")
    tell_story(teller, nominee, headline="Three", what_they_did="Saw the storm.")

    assert found("storm") == ["A storm came", "Two", "Three"]


def test_equal_stories_come_newest_first(teller: User, nominee: User) -> None:
    for headline in ("Storm one", "Storm two", "Storm six"):
        tell_story(teller, nominee, headline=headline)

    assert found("storm") == ["Storm six", "Storm two", "Storm one"]


def test_pages_meet_without_gap_or_repeat(teller: User, nominee: User) -> None:
    for number in range(7):
        words = {"headline": "Storm"} if number % 3 == 0 else {"what_they_did": "A storm came."}
        tell_story(teller, nominee, **words)
    everything = list(search("storm", among=Story.objects.on_feed()))

    pages, rest = [], search("storm", among=Story.objects.on_feed())
    while page := list(rest[:2]):
        pages += page
        rest = beyond(
            search("storm", among=Story.objects.on_feed()),
            SearchCursor.parse(str(SearchCursor.of(page[-1]))),
        )

    assert len(everything) == 7
    assert pages == everything


def test_a_score_stays_when_another_story_is_told(
    bookings: Story, teller: User, nominee: User
) -> None:
    before = search("bookings", among=Story.objects.on_feed()).get(pk=bookings.pk).score
    tell_story(teller, nominee, headline="More bookings")

    assert search("bookings", among=Story.objects.on_feed()).get(pk=bookings.pk).score == before


def test_beyond_nothing_is_nothing(bookings: Story) -> None:
    place = SearchCursor.of(search("lake", among=Story.objects.on_feed()).get())

    assert list(beyond(search("!!!", among=Story.objects.on_feed()), place)) == []


def test_a_page_beyond_nothing_is_empty(bookings: Story, as_stranger: Client) -> None:
    place = SearchCursor.of(search("lake", among=Story.objects.on_feed()).get())

    assert as_stranger.get("/", {"q": "!!!", "after": str(place)}).context["page"].stories == []


@pytest.mark.parametrize("text", ["", "nonsense", "!!!", "LTF-fA", "MX5-", "Å", "A" * 500])
def test_a_forged_cursor_is_not_found(text: str) -> None:
    with pytest.raises(Http404):
        SearchCursor.parse(text)


def test_searching_is_narrowed_by_what_it_searches(
    bookings: Story, stranger: User, nominee: User
) -> None:
    tell_story(stranger, nominee, headline="The lake again")

    among = Story.objects.on_feed().told_by(stranger)
    assert [story.headline for story in search("lake", among=among)] == ["The lake again"]


def test_of_a_word_that_everybody_writes_the_newest_are_ranked(
    teller: User, nominee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.search.RANKED_MAX", 2)
    for headline in ("Storm one", "Storm two", "A calm day"):
        tell_story(teller, nominee, headline=headline, difference="After the storm.")

    assert found("storm") == ["Storm two", "A calm day"]
