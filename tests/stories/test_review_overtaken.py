"""Deciding from the review page about what changed or was decided meanwhile."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from stories.models import State, Story
from tests.factories import telling
from tests.stories.reviewed import decide, seen, state, verbs, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


def test_of_two_the_second_hears_who_was_faster(
    waiting: Story, manager: User, as_culture_lead: Client
) -> None:
    knew = seen(waiting)
    waiting.publish(by=manager)
    response = decide(as_culture_lead, waiting, "sending-back", seen=knew, note="Say what changed.")
    assert response.status_code == 409
    assert "Maya Rao published it " in response.text
    assert "Say what changed." in response.text
    assert verbs(waiting) == ["submit", "publish"]
    # It can still be sent back: with what the page knows now.
    assert response.context["opened"].seen == seen(waiting)


def test_the_seconds_are_said(waiting: Story, manager: User, as_culture_lead: Client) -> None:
    knew = seen(waiting)
    waiting.publish(by=manager)
    at = timezone.now() + timedelta(seconds=5)
    with time_machine.travel(at, tick=False):
        response = decide(as_culture_lead, waiting, "publishing", seen=knew)
    assert "Maya Rao published it 5 seconds ago." in response.text


def test_a_note_for_what_cannot_be_done_any_more_is_there_to_copy(
    story: Story, manager: User, as_culture_lead: Client
) -> None:
    knew = seen(story)
    story.send_back(by=manager, note="Shorter")
    response = decide(as_culture_lead, story, "hiding", tab="week", seen=knew, note="My own note")
    assert response.status_code == 409
    assert "Maya Rao sent it back " in response.text
    assert "My own note" in response.context["back"].typed
    assert "My own note</textarea>" in response.text


def test_a_second_click_does_no_harm(waiting: Story, as_manager: Client) -> None:
    knew = seen(waiting)
    first = decide(as_manager, waiting, "publishing", seen=knew)
    again = decide(as_manager, waiting, "publishing", seen=knew)
    assert (first.status_code, again.status_code) == (302, 302)
    assert verbs(waiting) == ["submit", "publish"]


@pytest.mark.parametrize("known", [True, False])
def test_deciding_what_another_decided_is_said(
    known: bool, waiting: Story, manager: User, as_culture_lead: Client
) -> None:
    knew = seen(waiting) if known else 0
    waiting.publish(by=manager)
    response = decide(as_culture_lead, waiting, "publishing", seen=knew)
    assert response.status_code == 409
    assert "Maya Rao published it " in response.text


def test_looking_at_what_another_looked_at_is_said(
    story: Story, manager: User, as_culture_lead: Client
) -> None:
    story.look(by=manager)
    response = decide(as_culture_lead, story, "look", tab="week")
    assert response.status_code == 409
    assert "Maya Rao looked at it " in response.text
    assert verbs(story) == ["submit", "look"]


def test_a_withdrawn_story_is_gone_and_the_note_is_not(
    waiting: Story, teller: User, as_manager: Client
) -> None:
    knew = seen(waiting)
    waiting.withdraw(by=teller)
    response = decide(as_manager, waiting, "sending-back", seen=knew, note="My own note")
    assert response.status_code == 409
    assert "Ana Lima withdrew it " in response.text
    assert "My own note" in response.text
    assert "It waits" not in response.text
    assert state(waiting) == State.WITHDRAWN


def test_a_story_kept_private_meanwhile_is_gone(
    story: Story, teller: User, as_culture_lead: Client
) -> None:
    knew = seen(story)
    story.keep_private(by=teller)
    response = decide(as_culture_lead, story, "hiding", tab="week", seen=knew, note="No")
    assert response.status_code == 409
    assert "Ana Lima kept it private " in response.text
    assert story.headline not in response.text


def test_a_page_from_before_an_edit_is_stale(
    story: Story, teller: User, nominee: User, as_manager: Client
) -> None:
    knew = seen(story)
    story.edit(telling(nominees=[nominee], headline="Another headline"), by=teller)
    response = decide(as_manager, story, "look", tab="week", seen=knew)
    assert response.status_code == 409
    assert "Ana Lima edited it " in response.text
    assert "Another headline" in response.text
