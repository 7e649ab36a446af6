"""Hiding a story and showing it again, by the forms that its page offers."""

import pytest
from django.test import Client

from accounts.models import History, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.acting import post, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(story: Story, culture_lead: User) -> Story:
    story.hide(by=culture_lead, note="No.")
    return story


@pytest.mark.parametrize("role", ["manager", "director", "delegate", "culture_lead"])
def test_reviewers_hide_with_a_reason(
    role: str, story: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(role)
    response = post(signed_in(reviewer), story, "hiding", note="It names a customer.")

    assert response["Location"] == story.get_absolute_url()
    assert state(story)[0] == State.HIDDEN
    row = History.objects.about(story).get(verb="hide")
    assert (row.actor, row.note) == (reviewer, "It names a customer.")


def test_hiding_twice_is_harmless(story: Story, as_manager: Client) -> None:
    post(as_manager, story, "hiding", note="No.")
    again = post(as_manager, story, "hiding", note="No.")

    assert again.status_code == 302
    assert History.objects.about(story).filter(verb="hide").count() == 1


@pytest.mark.parametrize("note", ["", "   ", "x" * 501, "\u202eturned"])
def test_a_reason_that_is_none_is_asked_for_again(
    note: str, story: Story, as_manager: Client
) -> None:
    response = post(as_manager, story, "hiding", note=note)

    assert response.status_code == 422
    assert b"errorlist" in response.content
    assert state(story)[0] == State.PUBLISHED


def test_a_refused_reason_keeps_what_was_typed(story: Story, as_manager: Client) -> None:
    note = "<b>" + "x" * 501

    assert f"&lt;b&gt;{'x' * 501}" in post(as_manager, story, "hiding", note=note).content.decode()


@pytest.mark.parametrize("role", ["stranger", "nominee", "teller", "other_manager"])
def test_nobody_else_hides(role: str, story: Story, request: pytest.FixtureRequest) -> None:
    response = post(signed_in(request.getfixturevalue(role)), story, "hiding", note="No.")

    assert response.status_code == 403
    assert b"Reviewers decide about stories" in response.content
    assert state(story)[0] == State.PUBLISHED


def test_a_reviewer_does_not_hide_what_names_them(teller: User, manager: User) -> None:
    report = UserFactory(manager=manager)
    story = tell_story(teller, report, helping_hands=[manager])

    assert post(signed_in(manager), story, "hiding", note="No.").status_code == 403


def test_hiding_is_undone(hidden: Story, as_manager: Client) -> None:
    published_at = hidden.published_at
    response = post(as_manager, hidden, "unhiding")

    assert response["Location"] == hidden.get_absolute_url()
    assert state(hidden)[0] == State.PUBLISHED
    assert hidden.published_at == published_at


def test_showing_again_twice_is_harmless(hidden: Story, as_culture_lead: Client) -> None:
    post(as_culture_lead, hidden, "unhiding")
    again = post(as_culture_lead, hidden, "unhiding")

    assert again.status_code == 302
    assert History.objects.about(hidden).filter(verb="unhide").count() == 1


def test_the_teller_does_not_show_a_hidden_story_again(hidden: Story, as_teller: Client) -> None:
    assert post(as_teller, hidden, "unhiding").status_code == 403
    assert state(hidden)[0] == State.HIDDEN


def test_a_stranger_shows_nothing_again(story: Story, as_stranger: Client) -> None:
    assert post(as_stranger, story, "unhiding").status_code == 403
