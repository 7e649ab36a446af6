"""Taking a decision back from the review page."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from stories.models import State, Story
from stories.models.reviewing import UNDO_WINDOW
from tests.conftest import signed_in
from tests.stories.reviewed import decide, seen, state, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


def undo(client: Client, story: Story, **sent: Any) -> Any:
    return client.post(f"/stories/{story.ref}/undoing/", {"deed": seen(story)} | sent)


def test_a_decision_is_taken_back(waiting: Story, as_manager: Client) -> None:
    decide(as_manager, waiting, "publishing")
    response = undo(as_manager, waiting)
    assert response["Location"] == f"/review/?tab=waiting&story={waiting.ref}"
    assert state(waiting) == State.WAITING
    assert "Taken back. The story is as it was." in as_manager.get(response["Location"]).text


def test_from_its_own_page_it_is_taken_back_there(story: Story, as_manager: Client) -> None:
    decide(as_manager, story, "hiding", tab="", note="A name")
    assert undo(as_manager, story, at="story")["Location"] == story.get_absolute_url()


def test_too_late_is_said_and_changes_nothing(waiting: Story, as_manager: Client) -> None:
    decide(as_manager, waiting, "publishing")
    with time_machine.travel(timezone.now() + UNDO_WINDOW + timedelta(seconds=1), tick=False):
        response = undo(as_manager, waiting)
    assert response.status_code == 409
    assert "It is too late to take that back" in response.text
    assert state(waiting) == State.PUBLISHED


def test_nobody_takes_back_what_another_decided(
    waiting: Story, as_manager: Client, as_culture_lead: Client
) -> None:
    decide(as_manager, waiting, "publishing")
    assert undo(as_culture_lead, waiting).status_code == 409
    assert state(waiting) == State.PUBLISHED


def test_a_delegate_takes_nothing_back_after_their_time(
    waiting: Story, delegate: User, manager: User
) -> None:
    client = signed_in(delegate)
    decide(client, waiting, "sending-back", note="Shorter")
    manager.delegations.get().end(by=manager)
    assert undo(client, waiting).status_code == 404
    assert state(waiting) == State.RETURNED
