"""Looking on the desk's page for a story to add."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition
from stories.models import Story
from tests.digests.desk_pages import DESK, HTMX, of, over, url
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db


def test_stories_that_could_be_added_are_found_by_their_words(
    as_culture_lead: Client, three: list[Story]
) -> None:
    as_culture_lead.post(url("take_out", of("A lost voucher").ref))
    as_culture_lead.post(url("take_out", of("Ice on the quay").ref))
    answer = as_culture_lead.get(url("stories"), {"find": "vouch"}, headers=HTMX)
    assertContains(answer, "A lost voucher")
    assertNotContains(answer, "Ice on the quay")
    assertContains(answer, "1 story found")
    assertNotContains(answer, "<h1>")


def test_what_the_page_shows_is_not_among_what_could_be_added(
    as_culture_lead: Client, three: list[Story]
) -> None:
    shown = {"story": [of("A lost voucher").ref, of("Ice on the quay").ref]}
    answer = as_culture_lead.get(url("stories"), shown, headers=HTMX)
    assertContains(answer, "Forty chairs by noon")
    assertNotContains(answer, "A lost voucher")
    assertNotContains(answer, "Ice on the quay")


def test_looking_for_a_story_chooses_none_anew(
    as_culture_lead: Client, three: list[Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = url("stories")
    monkeypatch.delattr("stories.digests.desk.lineup.choose")
    assert as_culture_lead.get(address, {"find": "vouch"}, headers=HTMX).status_code == 200


def test_a_page_left_open_finds_no_stories_of_the_week_after(
    as_culture_lead: Client, three: list[Story]
) -> None:
    over = next_edition()
    left_open = url("stories", edition=over)
    over.abort(by=None, note="")
    answer = as_culture_lead.get(left_open, {"find": "vouch"}, headers=HTMX)
    assertContains(answer, "This edition takes no other story any more.")
    assertNotContains(answer, "/addition/")


def test_a_search_that_finds_no_story_says_so(as_culture_lead: Client, three: list[Story]) -> None:
    answer = as_culture_lead.get(DESK, {"find": "zeppelin"})
    assertContains(answer, "No other story of these weeks has “zeppelin”.")


def test_who_looks_for_a_story_that_was_told_reads_so_and_finds_no_button(
    as_culture_lead: Client, edition: Edition, story: Story, teller: User
) -> None:
    over(edition, sent=4)
    spared = tell_story(teller, UserFactory(), headline="Another matter")
    found = url("stories") + "?find="
    answer = as_culture_lead.get(found + story.headline.split()[1], headers=HTMX)
    why = "told this story already: none is told twice."
    assertContains(answer, story.headline)
    assertContains(answer, why, count=2)
    assertNotContains(answer, url("add", story.ref))
    answer = as_culture_lead.get(found + "another", headers=HTMX)
    assertContains(answer, url("add", spared.ref))
    assertNotContains(answer, why)
