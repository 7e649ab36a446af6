"""Several decisions taken back at once, while their seconds last."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, Publicity, User
from stories.models import State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, wants
from tests.stories.reviewed import seen, state, verbs, waiting_story


@pytest.fixture
def three(company: Company, manager: User, teller: User, nominee: User) -> list[Story]:
    return [waiting_story(teller, nominee, headline=headline) for headline in ("A", "B", "C")]


def publish(client: Client, stories: list[Story]) -> Any:
    ticks = [f"{story.ref}:{seen(story)}" for story in stories]
    return client.post("/review/publishing/", {"story": ticks, "tab": "waiting"}, follow=True)


def offered(page: Any) -> list[str]:
    """What the form beside the message sends."""
    tags = [message.extra_tags for message in page.context["messages"] if message.extra_tags]
    return tags[0].split(" ")[3:] if tags else []


def undo(client: Client, named: list[str], tab: str = "waiting") -> Any:
    return client.post("/review/undoing/", {"story": named, "tab": tab}, follow=True)


def test_all_of_them_are_as_they_were(three: list[Story], as_manager: Client) -> None:
    page = publish(as_manager, three)
    assert 'action="/review/undoing/"' in page.text
    assert "Taken back. 3 stories are as they were." in undo(as_manager, offered(page)).text
    assert {state(story) for story in three} == {State.WAITING}
    assert verbs(three[0]) == ["submit", "publish", "undo publish"]


def test_those_looked_at_are_new_again(
    company: Company, as_manager: Client, teller: User, nominee: User
) -> None:
    story = tell_story(teller, nominee)
    ticks = [f"{story.ref}:{seen(story)}"]
    page = as_manager.post("/review/looking/", {"story": ticks, "tab": "week"}, follow=True)
    page = undo(as_manager, offered(page), "week")
    assert "Taken back. 1 story is as it was." in page.text
    assert page.redirect_chain == [("/review/?tab=week", 302)]
    story.refresh_from_db()
    assert story.looked_at is None


def test_after_its_seconds_it_is_too_late(three: list[Story], as_manager: Client) -> None:
    named = offered(publish(as_manager, three))
    with time_machine.travel(timezone.now() + timedelta(seconds=14)):
        page = undo(as_manager, named)
    assert "It is too late to take 3 back" in page.text
    assert {state(story) for story in three} == {State.PUBLISHED}


def test_one_that_has_changed_since_keeps_none_of_the_others(
    three: list[Story], as_manager: Client, culture_lead: User
) -> None:
    named = offered(publish(as_manager, three))
    three[0].hide(by=culture_lead, note="A name")
    page = undo(as_manager, named)
    assert "Taken back. 2 stories are as they were." in page.text
    assert "It is too late to take 1 back" in page.text
    assert [state(story) for story in three] == [State.HIDDEN, State.WAITING, State.WAITING]


def test_what_asked_somebody_is_not_offered(
    three: list[Story], as_manager: Client, teller: User, nominee: User
) -> None:
    shy = UserFactory()
    story = waiting_story(teller, nominee, shy, headline="D")
    wants(shy, Publicity.ASK_FIRST)
    assert len(offered(publish(as_manager, [*three, story]))) == 3
    assert state(story) == State.ASKING


def test_nothing_is_offered_where_nothing_was_done(
    three: list[Story], as_other_manager: Client
) -> None:
    assert offered(publish(as_other_manager, three)) == []


@pytest.mark.parametrize("who", ["culture_lead", "other_manager"])
def test_nobody_takes_back_what_another_decided(
    who: str, three: list[Story], as_manager: Client, request: pytest.FixtureRequest
) -> None:
    named = offered(publish(as_manager, three))
    undo(signed_in(request.getfixturevalue(who)), named)
    assert {state(story) for story in three} == {State.PUBLISHED}


@pytest.mark.parametrize("named", ["", ":", "nothing:1", "../x:1", "x" * 99])
def test_a_forged_form_does_nothing(named: str, three: list[Story], as_manager: Client) -> None:
    publish(as_manager, three)
    assert undo(as_manager, [named]).status_code == 200
    assert {state(story) for story in three} == {State.PUBLISHED}


@pytest.mark.parametrize(("seconds", "offers"), [(0, 10), (0.6, 10), (2, 6), (5, 0)])
def test_it_is_offered_no_longer_than_the_first_decision_can_be_taken_back(
    seconds: float,
    offers: int,
    three: list[Story],
    as_manager: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if each of the three took so long."""
    at_once = Story.publish
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def slowly(story: Story, **said: Any) -> None:
            at_once(story, **said)
            clock.shift(seconds)

        monkeypatch.setattr(Story, "publish", slowly)
        page = publish(as_manager, three)
    told = [message.extra_tags for message in page.context["messages"]]
    milliseconds = int(told[0].split(" ")[2]) if told[0] else 0
    assert round(milliseconds / 1000) == offers
    assert len(offered(page)) == (3 if offers else 0)
