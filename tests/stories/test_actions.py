"""What each role may do with a story, by the same forms that the page offers."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from accounts.models import History, Publicity, User
from stories.models import Answer, State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story

pytestmark = pytest.mark.django_db

ACTIONS = ("agreement", "privacy", "withdrawal", "hiding", "unhiding")


def post(client: Client, story: Story, action: str, **data: str) -> Any:
    return client.post(f"/stories/{story.ref}/{action}/", data)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def state(story: Story) -> tuple[str, str]:
    story.refresh_from_db()
    return story.state, story.visibility


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def asking(teller: User, nominee: User, helper: User) -> Story:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    return tell_story(teller, nominee, helping_hands=[helper])


@pytest.fixture
def hidden(story: Story, culture_lead: User) -> Story:
    story.hide(by=culture_lead, note="No.")
    return story


def test_the_last_one_to_agree_publishes(asking: Story, nominee: User, helper: User) -> None:
    post(signed_in(helper), asking, "agreement")
    assert state(asking)[0] == State.ASKING

    response = post(signed_in(nominee), asking, "agreement")

    assert response["Location"] == asking.get_absolute_url()
    assert state(asking) == (State.PUBLISHED, "company")


def test_agreeing_twice_is_harmless(asking: Story, as_nominee: Client) -> None:
    post(as_nominee, asking, "agreement")
    again = post(as_nominee, asking, "agreement")

    assert again.status_code == 302
    assert asking.named.filter(answer=Answer.AGREED).count() == 1
    assert History.objects.about(asking).filter(verb="agree").count() == 1


def test_one_refusal_keeps_it_private(asking: Story, as_nominee: Client) -> None:
    response = post(as_nominee, asking, "privacy")

    assert state(asking) == (State.PUBLISHED, "private")
    assert response["Location"] == asking.get_absolute_url()


def test_a_helping_hand_who_refuses_is_led_to_the_feed_however_often(
    asking: Story, helper: User
) -> None:
    client = signed_in(helper)
    first, second = post(client, asking, "privacy"), post(client, asking, "privacy")

    assert first["Location"] == second["Location"] == "/"
    assert "This story stays private." in said(second)


def test_refusing_twice_is_harmless(asking: Story, as_nominee: Client) -> None:
    post(as_nominee, asking, "privacy")
    again = post(as_nominee, asking, "privacy")

    assert again.status_code == 302
    assert History.objects.about(asking).filter(verb="keep private").count() == 1


def test_the_teller_keeps_a_published_story_private_once(story: Story, as_teller: Client) -> None:
    post(as_teller, story, "privacy")
    again = post(as_teller, story, "privacy")

    assert again.status_code == 302
    assert state(story) == (State.PUBLISHED, "private")
    assert History.objects.about(story).filter(verb="keep private").count() == 1


@pytest.mark.parametrize("role", ["stranger", "nominee", "manager", "culture_lead"])
def test_only_those_asked_may_agree(
    role: str, story: Story, request: pytest.FixtureRequest
) -> None:
    response = post(signed_in(request.getfixturevalue(role)), story, "agreement")

    assert response.status_code == 403
    assert b"Nobody asked you about this story." in response.content


@pytest.mark.parametrize("role", ["stranger", "nominee", "manager", "culture_lead"])
def test_only_the_teller_keeps_a_published_story_private(
    role: str, story: Story, request: pytest.FixtureRequest
) -> None:
    response = post(signed_in(request.getfixturevalue(role)), story, "privacy")

    assert response.status_code == 403
    assert state(story)[1] == "company"


def test_the_teller_cannot_answer_for_somebody_asked(asking: Story, as_teller: Client) -> None:
    assert post(as_teller, asking, "agreement").status_code == 403
    assert state(asking)[0] == State.ASKING


def test_the_teller_withdraws_once(story: Story, as_teller: Client) -> None:
    post(as_teller, story, "withdrawal")
    again = post(as_teller, story, "withdrawal")

    assert again["Location"] == story.get_absolute_url()
    assert state(story)[0] == State.WITHDRAWN
    assert History.objects.about(story).filter(verb="withdraw").count() == 1


@pytest.mark.parametrize("kind", ["draft", "asking", "private", "hidden", "a month old"])
def test_the_teller_withdraws_at_any_time(
    kind: str, teller: User, nominee: User, culture_lead: User, as_teller: Client
) -> None:
    if kind == "asking":
        User.objects.filter(pk=nominee.pk).update(publicity=Publicity.ASK_FIRST)
    story = draft_story(teller, nominee, visibility="private" if kind == "private" else "company")
    if kind != "draft":
        story.submit(by=teller)
    if kind == "hidden":
        story.hide(by=culture_lead, note="No.")
    if kind == "a month old":
        Story.objects.update(published_at=timezone.now() - timedelta(days=31))

    assert post(as_teller, story, "withdrawal")["Location"] == story.get_absolute_url()
    assert state(story)[0] == State.WITHDRAWN


@pytest.mark.parametrize(
    "role", ["stranger", "nominee", "manager", "other_manager", "culture_lead"]
)
def test_nobody_else_withdraws(role: str, story: Story, request: pytest.FixtureRequest) -> None:
    response = post(signed_in(request.getfixturevalue(role)), story, "withdrawal")

    assert response.status_code == 403
    assert b"Only its teller may withdraw this story." in response.content
    assert state(story)[0] == State.PUBLISHED


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


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("kind", ["draft", "private", "withdrawn"])
def test_what_is_invisible_cannot_be_acted_on(
    action: str, kind: str, as_culture_lead: Client, teller: User, nominee: User
) -> None:
    story = draft_story(teller, nominee, visibility="private" if kind == "private" else "company")
    if kind != "draft":
        story.submit(by=teller)
    if kind == "withdrawn":
        story.withdraw(by=teller)

    assert post(as_culture_lead, story, action, note="No.").status_code == 404
