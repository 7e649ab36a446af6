"""Deciding from the review page: what is done, what comes next, and to whom a story is handed."""

import pytest
from django.test import Client

from accounts.models import Company, Publicity, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, wants
from tests.stories.reviewed import HTMX, decide, seen, state, verbs, waiting_story


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
