"""The story card: what it shows, folds and escapes."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from stories.cheering import attach_cheers
from stories.models import Cheer, CheerKind, Story, WordsSource
from stories.templatetags.cards import ago, linked, opening
from tests.factories import UserFactory, ValueFactory, tell_story

pytestmark = pytest.mark.django_db


def card(story: Story, viewer: User, size: str = "") -> str:
    row = Story.objects.with_card().get(pk=story.pk)
    attach_cheers([row], viewer)
    return render_to_string("stories/_card.html", {"story": row, "size": size})


def test_names_nominees_teller_and_helping_hands(
    teller: User, nominee: User, stranger: User
) -> None:
    html = card(tell_story(teller, nominee, helping_hands=[stranger]), stranger)

    assert "<bdi>Priya Desai</bdi>" in html
    assert "celebrated by" in html
    assert "<bdi>Ana Lima</bdi>" in html
    assert "With thanks to" in html
    assert "<bdi>Sam Stone</bdi>" in html


def test_shows_the_customers_words_with_their_source(
    teller: User, nominee: User, stranger: User
) -> None:
    story = tell_story(
        teller,
        nominee,
        customer_words="They called me first.",
        customer_role="the owner of a kayak school",
        words_source=WordsSource.EMAIL,
    )

    html = card(story, stranger)

    assert "They called me first." in html
    assert "The owner of a kayak school, in an email" in html


def test_shows_values_as_quiet_text(teller: User, nominee: User, stranger: User) -> None:
    value = ValueFactory(name="Call first")

    assert "<li><bdi>Call first</bdi></li>" in card(
        tell_story(teller, nominee, values=[value]), stranger
    )


def test_escapes_what_people_wrote(teller: User, nominee: User, stranger: User) -> None:
    story = tell_story(
        teller,
        nominee,
        headline="<b>Bold</b> {{ 7|add:7 }}",
        what_they_did="<script>alert(1)</script>",
        customer_words="<img src=x>",
    )

    html = card(story, stranger) + card(story, stranger, size="full")

    assert "<script>" not in html
    assert "<b>Bold" not in html
    assert "<img src=x>" not in html
    assert "{{ 7|add:7 }}" in html


def test_folds_the_text_after_sixty_words(story: Story, stranger: User) -> None:
    story.what_they_did = "word " * 100

    shown = opening(story)

    assert shown.is_cut
    assert shown.paragraphs[0].count("word") == 60


def test_a_folded_story_links_to_the_rest(teller: User, nominee: User, stranger: User) -> None:
    assert "Read the story" in card(
        tell_story(teller, nominee, what_they_did="word " * 100), stranger
    )


def test_a_short_story_is_shown_whole(story: Story) -> None:
    shown = opening(story)

    assert not shown.is_cut
    assert shown.paragraphs == [story.what_they_did, story.difference]


def test_a_text_that_ends_at_the_fold_still_leads_to_the_difference(story: Story) -> None:
    story.what_they_did = "word " * 60

    assert opening(story).is_cut


def test_one_endless_word_is_cut(story: Story) -> None:
    story.what_they_did = "a" * 5000

    assert len(opening(story).paragraphs[0]) < 500


def test_the_full_card_has_the_headline_as_the_pages_heading(story: Story, stranger: User) -> None:
    html = card(story, stranger, size="full")

    assert html.count("<h1") == 1
    assert "What they did" in html


def test_many_names_end_in_others() -> None:
    people = [UserFactory(name=f"Person {letter}") for letter in "ABCDEFG"]

    assert "<bdi>Person D</bdi></a> and 3 others" in linked(people)


def test_names_who_cheered_and_counts_the_rest(story: Story, stranger: User) -> None:
    for number in range(5):
        Cheer.objects.create(
            story=story, person=UserFactory(name=f"Fan {number}"), kind=CheerKind.LOVE
        )
    Cheer.objects.create(story=story, person=stranger, kind=CheerKind.WOW)

    html = card(story, stranger)

    assert "You, " in html
    assert "<bdi>Fan 2</bdi></a> and 2 others" in html
    assert '<span class="cheer__count">5</span>' in html


def test_presses_the_viewers_own_cheer_alone(story: Story, stranger: User) -> None:
    Cheer.objects.create(story=story, person=stranger, kind=CheerKind.WOW)

    html = card(story, stranger)

    assert html.count('aria-pressed="true"') == 1
    assert card(story, story.teller).count('aria-pressed="true"') == 0


@pytest.mark.parametrize("size", [3, 30])
def test_cheers_of_a_page_cost_two_queries(
    size: int, teller: User, nominee: User, stranger: User, django_assert_num_queries: object
) -> None:
    stories = [tell_story(teller, nominee) for _ in range(size)]
    for story in stories:
        Cheer.objects.create(story=story, person=teller, kind=CheerKind.LOVE)

    with django_assert_num_queries(2):  # type: ignore[operator]
        attach_cheers(stories, stranger)


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (timedelta(seconds=20), "Just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=20), "20 minutes ago"),
        (timedelta(hours=5), "Today"),
        (timedelta(days=1), "Yesterday"),
        (timedelta(days=2), "Tuesday"),
        (timedelta(days=8), "1 week ago"),
        (timedelta(days=22), "3 weeks ago"),
        (timedelta(days=100), "29 July"),
        (timedelta(days=400), "2 October 2024"),
        (timedelta(days=-2), "8 November"),
    ],
)
def test_says_when_as_people_do(back: timedelta, said: str) -> None:
    now = datetime(2025, 11, 6, 18, 0, tzinfo=UTC)

    assert ago(now - back, now) == said


@time_machine.travel("2025-11-06T23:30:00Z", tick=False)
def test_days_are_the_readers_own() -> None:
    with timezone.override("Asia/Tokyo"):
        assert ago(datetime(2025, 11, 6, 14, 0, tzinfo=UTC)) == "Yesterday"
