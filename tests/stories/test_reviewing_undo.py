"""A decision about a story is taken back: what that brings back, and when it stands."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Publicity, User
from stories.models import State, Story
from stories.models.reviewing import UNDO_WINDOW, TooLateError
from tests.factories import telling, wants
from tests.stories.decided import decide, seen_by_anybody, where
from tests.stories.reviewed import verbs


@pytest.mark.parametrize("verb", ["send_back", "hide", "feature", "look", "hand_over"])
def test_a_decision_about_a_published_story_is_undone(
    verb: str, story: Story, manager: User, culture_lead: User
) -> None:
    before = where(story)
    decide(story, verb, manager, culture_lead)
    assert where(story) != before
    story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before
    name = verb.replace("_", " ")
    assert verbs(story) == ["submit", name, f"undo {name}"]


@pytest.mark.parametrize("verb", ["publish", "send_back", "hand_over"])
def test_a_decision_about_a_waiting_story_is_undone(
    verb: str, waiting: Story, manager: User, culture_lead: User
) -> None:
    before = where(waiting)
    decide(waiting, verb, manager, culture_lead)
    waiting.undo(seen_by_anybody(waiting), by=manager)
    assert where(waiting) == before


@pytest.mark.parametrize("verb", ["unhide", "unfeature"])
def test_an_inverse_is_undone_too(
    verb: str, story: Story, manager: User, culture_lead: User
) -> None:
    decide(story, {"unhide": "hide", "unfeature": "feature"}[verb], manager, culture_lead)
    before = where(story)
    decide(story, verb, manager, culture_lead)
    story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before


def test_after_its_seconds_a_decision_stands(story: Story, manager: User) -> None:
    story.hide(by=manager, note="Names a customer")
    with (
        time_machine.travel(timezone.now() + UNDO_WINDOW + timedelta(seconds=1), tick=False),
        pytest.raises(TooLateError),
    ):
        story.undo(seen_by_anybody(story), by=manager)
    assert where(story)["state"] == State.HIDDEN


def test_nobody_undoes_the_decision_of_another(
    story: Story, manager: User, culture_lead: User
) -> None:
    story.hide(by=manager, note="Names a customer")
    with pytest.raises(TooLateError):
        story.undo(seen_by_anybody(story), by=culture_lead)


def test_what_happened_since_is_not_undone(story: Story, manager: User, culture_lead: User) -> None:
    story.hide(by=manager, note="Names a customer")
    deed = seen_by_anybody(story)
    story.unhide(by=culture_lead)
    with pytest.raises(TooLateError):
        story.undo(deed, by=manager)


def test_a_story_that_its_teller_has_begun_to_change_stays_theirs(
    waiting: Story, manager: User, teller: User
) -> None:
    waiting.send_back(by=manager, note="Shorter")
    waiting.keep(telling(nominees=waiting.nominees, headline="Shorter"), by=teller)
    with pytest.raises(TooLateError):
        waiting.undo(seen_by_anybody(waiting), by=manager)
    assert where(waiting)["state"] == State.RETURNED


@pytest.mark.parametrize("wish", [Publicity.PRIVATE_ONLY, Publicity.ASK_FIRST])
def test_a_publishing_that_made_somebody_named_decide_stands(
    wish: Publicity, waiting: Story, manager: User, nominee: User
) -> None:
    wants(nominee, wish)
    waiting.publish(by=manager)
    with pytest.raises(TooLateError):
        waiting.undo(seen_by_anybody(waiting), by=manager)


def test_undoing_twice_changes_nothing(story: Story, manager: User) -> None:
    story.hide(by=manager, note="Names a customer")
    deed = seen_by_anybody(story)
    story.undo(deed, by=manager)
    with pytest.raises(TooLateError):
        story.undo(deed, by=manager)
    assert where(story)["state"] == State.PUBLISHED
