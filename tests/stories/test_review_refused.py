"""Deciding from the review page: what is refused, and to whom."""

import pytest
from django.test import Client

from accounts.models import Company, User
from accounts.roles import is_manager
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.reviewed import HTMX, decide, seen, state, verbs, waiting_story

NOT_YOURS = "Reviewers decide about stories told by or about the people who report to them"
NOWHERE = "It is not here, or you do not review it any more."


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


@pytest.mark.parametrize("address", ["sending-back", "hiding"])
@pytest.mark.parametrize("note", ["", "   ", "x" * 501, "\u202eturned"])
def test_a_note_that_is_none_is_asked_for_again(
    address: str, note: str, story: Story, as_manager: Client
) -> None:
    response = decide(as_manager, story, address, tab="week", note=note)
    assert response.status_code == 422
    assert "errorlist" in response.text
    assert note.strip() in response.text
    assert response["HX-Push-Url"] == "false"
    assert state(story) == State.PUBLISHED


def test_a_missing_note_says_who_reads_it(waiting: Story, as_manager: Client) -> None:
    assert "Say why: the teller reads it." in decide(as_manager, waiting, "sending-back").text


@pytest.mark.parametrize("to", ["", "nothing", "teller", "stranger", "manager"])
def test_only_a_reviewer_of_the_story_is_asked_to_decide(
    to: str,
    waiting: Story,
    as_manager: Client,
    culture_lead: User,
    request: pytest.FixtureRequest,
) -> None:
    known = to in {"teller", "stranger", "manager"}
    ref = request.getfixturevalue(to).ref if known else to
    response = decide(as_manager, waiting, "handing-over", to=ref, note="Please")
    assert response.status_code == 422
    assert "Please" in response.text
    waiting.refresh_from_db()
    assert waiting.handed_to is None


def test_a_delegate_whose_time_is_over_decides_no_more(
    waiting: Story, delegate: User, manager: User
) -> None:
    manager.delegations.get().end(by=manager)
    response = decide(signed_in(delegate), waiting, "sending-back", note="My own note")
    assert response.status_code == 404
    assert NOWHERE in response.text
    assert "My own note" in response.text
    assert "It waits" not in response.text
    assert verbs(waiting) == ["submit"]


def test_htmx_is_told_in_a_sentence(waiting: Story, delegate: User, manager: User) -> None:
    manager.delegations.get().end(by=manager)
    sent = {"seen": seen(waiting), "tab": "waiting"}
    address = f"/stories/{waiting.ref}/publishing/"
    response = signed_in(delegate).post(address, sent, headers=HTMX)
    assert response.status_code == 404
    assert response.text == NOWHERE


def test_a_manager_of_others_by_now_decides_no_more(
    waiting: Story, manager: User, other_manager: User, nominee: User
) -> None:
    nominee.manager = other_manager
    nominee.save()
    UserFactory(manager=manager)
    assert is_manager(manager)
    response = decide(signed_in(manager), waiting, "publishing")
    assert response.status_code == 404
    assert NOWHERE in response.text
    assert state(waiting) == State.WAITING


def test_a_manager_who_left_is_signed_out(waiting: Story, manager: User) -> None:
    client = signed_in(manager)
    manager.is_active = False
    manager.save()
    response = decide(client, waiting, "publishing")
    assert response["Location"].startswith("/accounts/login/")
    assert state(waiting) == State.WAITING


@pytest.mark.parametrize("who", ["stranger", "teller", "nominee", "other_manager"])
@pytest.mark.parametrize("address", ["publishing", "sending-back", "handing-over", "undoing"])
def test_nobody_else_decides(
    who: str, address: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    """Without the key that the page of a reviewer carries, a waiting story is nowhere."""
    client = signed_in(request.getfixturevalue(who))
    response = decide(client, waiting, address, seen=0, note="No", deed=0)
    assert response.status_code == (403 if who == "teller" else 404)
    assert verbs(waiting) == ["submit"]


@pytest.mark.parametrize("who", ["stranger", "nominee", "other_manager"])
@pytest.mark.parametrize("end", ["waits", "withdrawn", "private", "never was"])
def test_who_guesses_a_key_learns_nothing(
    who: str, end: str, waiting: Story, teller: User, request: pytest.FixtureRequest
) -> None:
    """Rows of history are counted, so a key is no secret."""
    knew = seen(waiting)
    if end == "withdrawn":
        waiting.withdraw(by=teller)
    elif end == "private":
        Story.objects.filter(pk=waiting.pk).update(visibility="private")
    elif end == "never was":
        waiting.ref = "no-such-story"
    response = decide(signed_in(request.getfixturevalue(who)), waiting, "publishing", seen=knew)
    assert response.status_code == 404
    assert NOWHERE in response.text
    assert "Ana Lima" not in response.text


@pytest.mark.parametrize("typed", ["", "x", "-1", "9" * 40, "١", "1.5"])
def test_a_key_that_is_none_is_none(typed: str, waiting: Story, as_manager: Client) -> None:
    assert decide(as_manager, waiting, "publishing", seen=typed).status_code == 302


def test_a_forged_tab_is_not_found(waiting: Story, as_manager: Client) -> None:
    assert decide(as_manager, waiting, "publishing", tab="nonsense").status_code == 404
    assert state(waiting) == State.WAITING


def test_a_story_told_by_a_reviewer_is_not_theirs(
    company: Company, manager: User, nominee: User, as_manager: Client
) -> None:
    own = tell_story(manager, nominee)
    response = decide(as_manager, own, "featuring", tab="week")
    assert response.status_code == 403
    assert NOT_YOURS in response.text
