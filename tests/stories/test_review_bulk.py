"""Several stories at once: each is decided by itself, and who reads the page hears which were."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import tell_story, telling
from tests.stories.reviewed import seen, state, waiting_story


@pytest.fixture
def three(company: Company, manager: User, teller: User, nominee: User) -> list[Story]:
    return [waiting_story(teller, nominee, headline=headline) for headline in ("A", "B", "C")]


@pytest.fixture
def read(company: Company, manager: User, teller: User, nominee: User) -> list[Story]:
    return [tell_story(teller, nominee, headline=headline) for headline in ("A", "B", "C")]


def ticks(stories: list[Story]) -> list[str]:
    return [f"{story.ref}:{seen(story)}" for story in stories]


def send(client: Client, address: str, ticked: list[str], tab: str = "waiting") -> Any:
    return client.post(f"/review/{address}/", {"story": ticked, "tab": tab}, follow=True)


def test_those_ticked_are_published(three: list[Story], as_manager: Client) -> None:
    page = send(as_manager, "publishing", ticks(three[:2]))
    assert "2 stories published." in page.text
    assert [state(story) for story in three] == [State.PUBLISHED, State.PUBLISHED, State.WAITING]


def test_those_ticked_are_looked_at(read: list[Story], as_manager: Client) -> None:
    page = send(as_manager, "looking", ticks(read[:1]), "week")
    assert "1 story looked at." in page.text
    assert Story.objects.filter(looked_at__isnull=False).get() == read[0]


def test_who_was_faster_is_said_of_each_left_out(
    three: list[Story], as_manager: Client, culture_lead: User, teller: User
) -> None:
    ticked = ticks(three)
    three[0].send_back(by=culture_lead, note="Shorter")
    three[1].withdraw(by=teller)
    page = send(as_manager, "publishing", ticked)
    assert "1 story published." in page.text
    assert "2 were left out." in page.text
    assert "“A”: Cora Lindqvist sent it back" in page.text
    assert "One is not here any more." in page.text
    assert [state(story) for story in three] == [
        State.RETURNED,
        State.WITHDRAWN,
        State.PUBLISHED,
    ]


def test_what_another_looked_at_is_left_out(
    read: list[Story], as_manager: Client, culture_lead: User
) -> None:
    ticked = ticks(read)
    read[0].look(by=culture_lead)
    page = send(as_manager, "looking", ticked, "week")
    assert "2 stories looked at." in page.text
    assert "“A”: Cora Lindqvist looked at it" in page.text


def test_nothing_ticked_is_said(three: list[Story], as_manager: Client) -> None:
    assert "Tick the stories first." in send(as_manager, "publishing", []).text


@pytest.mark.parametrize("ticked", ["", ":", "nothing:1", "../x:1", "x" * 99])
def test_a_forged_tick_is_none(ticked: str, three: list[Story], as_manager: Client) -> None:
    assert send(as_manager, "publishing", [ticked]).status_code == 200
    assert {state(story) for story in three} == {State.WAITING}


def test_others_stories_are_not_here(three: list[Story], as_other_manager: Client) -> None:
    page = send(as_other_manager, "publishing", ticks(three))
    assert "3 were left out." in page.text
    assert "“A”" not in page.text
    assert {state(story) for story in three} == {State.WAITING}


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger"])
@pytest.mark.parametrize("address", ["publishing", "looking"])
def test_only_reviewers_find_it(
    who: str, address: str, three: list[Story], request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert send(client, address, ticks(three)).status_code == 404
    assert {state(story) for story in three} == {State.WAITING}


def test_a_double_click_leaves_out_what_it_did(three: list[Story], as_manager: Client) -> None:
    ticked = ticks(three)
    send(as_manager, "publishing", ticked)
    assert "3 were left out." in send(as_manager, "publishing", ticked).text


def test_what_the_teller_writes_in_a_story_sent_back_is_not_told(
    three: list[Story], as_manager: Client, manager: User, teller: User
) -> None:
    sent = ticks(three[:1])
    three[0].send_back(by=manager, note="Shorter")
    three[0].keep(telling(nominees=three[0].nominees, headline="Not for you yet"), by=teller)
    assert "Not for you yet" not in send(as_manager, "publishing", sent).text
