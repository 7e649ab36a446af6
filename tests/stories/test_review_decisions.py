"""Deciding from the review page: what is done, what comes next, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, Publicity, User
from accounts.roles import is_manager
from stories.models import State, Story
from stories.models.reviewing import UNDO_WINDOW
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling, wants
from tests.stories.reviewed import HTMX, decide, seen, state, verbs, waiting_story

NOT_YOURS = "Reviewers decide about stories told by or about the people who report to them"
NOWHERE = "It is not here, or you do not review it any more."


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


@pytest.fixture
def second(waiting: Story, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="The second")


# --- What is done -------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["manager", "director", "delegate", "culture_lead"])
def test_a_reviewer_publishes_and_the_next_opens(
    who: str, waiting: Story, second: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    response = decide(client, waiting, "publishing")
    assert response["Location"] == f"/review/?tab=waiting&story={second.ref}"
    assert state(waiting) == State.PUBLISHED
    page = client.get(response["Location"])
    assert page.context["opened"].story == second
    assert "Published. Everybody can read it." in page.text
    assert f"/stories/{waiting.ref}/undoing/" in page.text


def test_after_the_last_the_list_is_empty(waiting: Story, as_manager: Client) -> None:
    response = decide(as_manager, waiting, "publishing")
    assert response["Location"] == "/review/?tab=waiting"
    assert "Nothing waits" in as_manager.get(response["Location"]).text


def test_htmx_is_led_to_the_part_of_the_next(
    waiting: Story, second: Story, as_manager: Client
) -> None:
    sent = {"seen": seen(waiting), "tab": "waiting"}
    address = f"/stories/{waiting.ref}/publishing/"
    part = as_manager.post(address, sent, headers=HTMX, follow=True)
    assert "<html" not in part.text
    assert 'id="messages" role="status" hx-swap-oob="true"' in part.text
    assert "Published. Everybody can read it. The second" in part.text
    assert 'id="due-count" hx-swap-oob="true">1<' in part.text


@pytest.mark.parametrize(
    ("address", "after", "sent"),
    [
        ("sending-back", State.RETURNED, {"note": "Say what changed."}),
        ("hiding", State.HIDDEN, {"note": "It names a customer."}),
        ("featuring", State.PUBLISHED, {}),
        ("look", State.PUBLISHED, {}),
    ],
)
def test_a_published_story_is_decided_about(
    address: str, after: State, sent: dict[str, str], story: Story, as_manager: Client
) -> None:
    response = decide(as_manager, story, address, tab="week", **sent)
    assert response["Location"] == "/review/?tab=week"
    assert state(story) == after
    assert len(verbs(story)) == 2


def test_what_was_featured_is_so_no_more(story: Story, as_manager: Client, manager: User) -> None:
    story.feature(by=manager)
    decide(as_manager, story, "unfeaturing", tab="week")
    story.refresh_from_db()
    assert story.featured_at is None


def test_a_story_is_handed_over_with_a_note(
    waiting: Story, as_manager: Client, director: User
) -> None:
    decide(as_manager, waiting, "handing-over", to=director.ref, note="You know them.")
    waiting.refresh_from_db()
    assert waiting.handed_to == director
    page = signed_in(director).get("/review/")
    assert "You know them." in page.text
    assert "asks you to decide" in page.text


def test_the_place_in_a_long_list_is_kept(
    waiting: Story, second: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    third = waiting_story(teller, nominee, headline="The third")
    assert decide(as_manager, second, "publishing")["Location"].endswith(third.ref)
    assert decide(as_manager, third, "publishing")["Location"].endswith(waiting.ref)


def test_what_was_handed_to_me_leads_to_the_next_of_those(
    waiting: Story, second: Story, as_manager: Client, manager: User, culture_lead: User
) -> None:
    waiting.hand_over(manager, by=culture_lead)
    second.hand_over(manager, by=culture_lead)
    assert decide(as_manager, waiting, "publishing")["Location"].endswith(second.ref)


def test_from_its_own_page_a_reviewer_stays_there(
    waiting: Story, story: Story, as_manager: Client
) -> None:
    response = decide(as_manager, waiting, "publishing", tab="")
    assert response["Location"] == waiting.get_absolute_url()
    assert f"/stories/{waiting.ref}/undoing/" in as_manager.get(response["Location"]).text


def test_sent_back_from_its_own_page_it_is_read_in_the_review(
    story: Story, as_manager: Client
) -> None:
    response = decide(as_manager, story, "sending-back", tab="", note="Shorter")
    assert response["Location"] == f"/review/?tab=returned&story={story.ref}"
    assert as_manager.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Publicity.PRIVATE_ONLY, "wants it private"),
        (Publicity.ASK_FIRST, "once everybody named in it has agreed"),
    ],
)
def test_what_somebody_named_wants_is_said(
    wish: Publicity, said: str, waiting: Story, nominee: User, as_culture_lead: Client
) -> None:
    wants(nominee, wish)
    page = as_culture_lead.get(decide(as_culture_lead, waiting, "publishing")["Location"])
    assert said in page.text
    assert "undoing/" not in page.text


# --- What is refused ----------------------------------------------------------------------


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


# --- Undo ---------------------------------------------------------------------------------


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


# --- Handing over -------------------------------------------------------------------------


def test_up_to_20_reviewers_are_offered_and_more_are_looked_for(
    waiting: Story, as_manager: Client, director: User
) -> None:
    for number in range(25):
        UserFactory(name=f"Lead {number:02}", is_culture_lead=True)
    UserFactory(name="Zed Last", is_culture_lead=True)
    UserFactory(name="Zed Nobody")
    page = as_manager.get("/review/")
    assert len(page.context["handing"].people) == 20
    assert "Look for a reviewer" in page.text
    found = as_manager.get("/review/", {"story": waiting.ref, "tab": "waiting", "find": "zed"})
    assert [person.name for person in found.context["handing"].people] == ["Zed Last"]
    nobody = as_manager.get("/review/", {"story": waiting.ref, "find": "qqqq"})
    assert "No reviewer of this story answers to" in nobody.text


def test_who_is_alone_is_told_so(waiting: Story, as_manager: Client) -> None:
    assert "Nobody else may decide about this story today." in as_manager.get("/review/").text


def test_a_hidden_story_is_shown_again(story: Story, as_manager: Client, manager: User) -> None:
    story.hide(by=manager, note="A name")
    response = decide(as_manager, story, "unhiding", tab="hidden")
    assert response["Location"] == "/review/?tab=hidden"
    assert state(story) == State.PUBLISHED


def test_nothing_is_decided_by_looking(waiting: Story, as_manager: Client) -> None:
    for address in ("publishing", "sending-back", "look", "undoing"):
        assert as_manager.get(f"/stories/{waiting.ref}/{address}/").status_code == 405


def test_a_story_told_by_a_reviewer_is_not_theirs(
    company: Company, manager: User, nominee: User, as_manager: Client
) -> None:
    own = tell_story(manager, nominee)
    response = decide(as_manager, own, "featuring", tab="week")
    assert response.status_code == 403
    assert NOT_YOURS in response.text
