"""A form for a story that may not be changed any more, or not by whoever sends it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import telling
from tests.stories.editing import change, headline, seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_company(company: Company) -> None:
    """The form asks it for its moments."""


EVERYTHING = {
    "headline": "A line of the last minute",
    "what_they_did": "What I wrote",
    "difference": "What it changed",
    "customer_words": "Words of hers",
    "customer_role": "An owner",
    "photo_alt": "A quay",
}


def assert_all_is_here(page: str) -> None:
    assert [text for text in EVERYTHING.values() if text not in page] == []


def late(story: Story, lead: User) -> None:
    Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(hours=25))


def hide(story: Story, lead: User) -> None:
    Story.objects.get(pk=story.pk).hide(by=lead, note="Wait.")


def withdraw(story: Story, lead: User) -> None:
    Story.objects.get(pk=story.pk).withdraw(by=story.teller)


CLOSED = {
    "the day is over": (late, "Now only a reviewer can"),
    "hidden": (hide, "A reviewer hid it."),
    "withdrawn": (withdraw, "You withdrew it."),
}


@pytest.mark.parametrize(("happens", "sentence"), CLOSED.values(), ids=CLOSED)
def test_what_ends_while_somebody_types_is_said_and_all_they_wrote_is_given_back(
    happens: Callable[[Story, User], None],
    sentence: str,
    story: Story,
    as_teller: Client,
    culture_lead: User,
) -> None:
    happens(story, culture_lead)
    response = change(as_teller, story, **EVERYTHING)
    assert response.status_code == 403
    assert sentence in response.content.decode()
    assert_all_is_here(response.content.decode())


@pytest.mark.parametrize("happens", [late, hide, withdraw])
def test_so_it_is_where_it_ends_between_the_check_and_the_change(
    happens: Callable[[Story, User], None],
    story: Story,
    as_teller: Client,
    culture_lead: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edit = Story.edit

    def too_late(self: Story, *args: Any, **options: Any) -> bool:
        happens(story, culture_lead)
        return edit(self, *args, **options)

    monkeypatch.setattr(Story, "edit", too_late)
    response = change(as_teller, story, **EVERYTHING)
    assert response.status_code == 403
    assert_all_is_here(response.content.decode())


def test_a_reviewer_whose_story_became_private_meanwhile_keeps_their_text_alone(
    story: Story, teller: User, as_culture_lead: Client
) -> None:
    seen = seen_by(as_culture_lead, story)
    story.keep_private(by=teller)
    response = change(as_culture_lead, story, **EVERYTHING, seen=seen)
    page = response.content.decode()
    assert response.status_code == 404
    assert_all_is_here(page)
    assert "kept its season" not in page
    assert story.get_absolute_url() not in page


def test_a_story_that_never_was_looks_the_same(as_stranger: Client, story: Story) -> None:
    story.keep_private(by=story.teller)
    there, nowhere = (
        as_stranger.post(f"/stories/{ref}/editing/", {"save": "yes", "headline": "Hello"})
        for ref in (story.ref, "nowhere")
    )
    assert there.status_code == nowhere.status_code == 404
    without_token = [
        re.sub(r'\w{64}|nonce="[^"]*"', "", r.content.decode()) for r in (there, nowhere)
    ]
    assert without_token[0].replace(story.ref, "nowhere") == without_token[1]


def test_the_teller_changes_it_until_the_day_is_over(story: Story, as_teller: Client) -> None:
    assert story.published_at
    with time_machine.travel(story.published_at + timedelta(hours=23, minutes=59), tick=False):
        assert change(as_teller, story, headline="Just in time").status_code == 302
    with time_machine.travel(story.published_at + timedelta(hours=24), tick=False):
        assert change(as_teller, story, headline="Too late").status_code == 403
    assert headline(story) == "Just in time"


@pytest.mark.parametrize("who", ["stranger", "nominee", "teller", "leaver"])
def test_after_the_day_nobody_but_a_reviewer_edits(
    who: str, story: Story, request: pytest.FixtureRequest
) -> None:
    late(story, story.teller)
    with pytest.raises(PermissionDenied):
        story.edit(telling(nominees=story.nominees), by=request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["manager", "other_manager", "culture_lead"])
def test_a_private_story_is_changed_by_no_reviewer(
    who: str, story: Story, request: pytest.FixtureRequest
) -> None:
    story.keep_private(by=story.teller)
    with pytest.raises(PermissionDenied):
        story.edit(telling(nominees=story.nominees), by=request.getfixturevalue(who))
    client = signed_in(request.getfixturevalue(who))
    assert change(client, story, headline="Mine").status_code in {403, 404}
    assert headline(story) == "A kayak school kept its season"


def test_a_story_that_asks_somebody_is_changed_by_nobody(
    story: Story, as_teller: Client, nominee: User
) -> None:
    Story.objects.filter(pk=story.pk).update(state=State.ASKING)
    response = change(as_teller, story, headline="Meanwhile")
    assert (response.status_code, headline(story)) == (403, "A kayak school kept its season")
    assert "It waits for the people who are asked." in response.content.decode()
