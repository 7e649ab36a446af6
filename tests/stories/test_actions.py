"""What each role may do with a story, by the same forms that the page offers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import History, Publicity, User
from stories.models import Answer, State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story
from tests.stories.acting import post, state
from tests.stories.asked import said

pytestmark = pytest.mark.django_db

ACTIONS = ("agreement", "privacy", "withdrawal", "hiding", "unhiding")


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def asking(teller: User, nominee: User, helper: User) -> Story:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    return tell_story(teller, nominee, helping_hands=[helper])


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
