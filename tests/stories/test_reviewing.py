"""What reviewers do with a story: what each verb changes, who may not, and who was faster."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import History, User
from stories.models import State, Story
from stories.models.deeds import DecidedError
from tests.factories import telling
from tests.stories.reviewed import OTHERS, REVIEWERS, seen, verbs


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_publishes_what_waits(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    waiting.publish(by=reviewer)
    assert waiting.state == State.PUBLISHED
    assert waiting.published_at is not None
    assert waiting.looked_at is not None
    assert verbs(waiting) == ["submit", "publish"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["publish", "send_back", "hand_over"])
def test_nobody_else_decides_about_what_waits(
    who: str, verb: str, waiting: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said: dict[str, dict[str, Any]] = {
        "publish": {},
        "send_back": {"note": "No"},
        "hand_over": {"to": culture_lead},
    }
    with pytest.raises(PermissionDenied):
        getattr(waiting, verb)(by=other, **said[verb])
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING
    assert verbs(waiting) == ["submit"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["send_back", "feature", "look", "hand_over"])
def test_nobody_else_decides_about_what_is_read(
    who: str, verb: str, story: Story, culture_lead: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said: dict[str, dict[str, Any]] = {
        "send_back": {"note": "No"},
        "hand_over": {"to": culture_lead},
    }
    with pytest.raises(PermissionDenied):
        getattr(story, verb)(by=other, **said.get(verb, {}))
    assert verbs(story) == ["submit"]


def test_sent_back_it_is_its_tellers_again_and_waits_anew(
    waiting: Story, manager: User, teller: User
) -> None:
    waiting.send_back(by=manager, note="Say what changed for the customer.")
    assert waiting.state == State.RETURNED
    assert History.objects.about(waiting).last().note == "Say what changed for the customer."
    waiting.submit(by=teller)
    assert waiting.state == State.WAITING


def test_a_published_story_is_sent_back(story: Story, manager: User) -> None:
    story.send_back(by=manager, note="It names a customer.")
    assert story.state == State.RETURNED
    assert not Story.objects.on_feed().exists()


@pytest.mark.parametrize("verb", ["look", "feature"])
def test_doing_it_twice_is_refused(verb: str, story: Story, manager: User) -> None:
    getattr(story, verb)(by=manager)
    with pytest.raises(PermissionDenied):
        getattr(story, verb)(by=manager)


def test_what_its_teller_changes_is_looked_at_again(
    story: Story, manager: User, teller: User
) -> None:
    story.look(by=manager)
    story.edit(telling(nominees=story.nominees, headline="Another headline"), by=teller)
    assert story.looked_at is None


@pytest.mark.parametrize("who", ["director", "delegate", "culture_lead"])
def test_a_reviewer_hands_a_story_to_another(
    who: str, waiting: Story, manager: User, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    waiting.hand_over(other, by=manager, note="You know the customer.")
    assert waiting.handed_to == other
    waiting.publish(by=other)
    assert waiting.handed_to is None


@pytest.mark.parametrize("who", [*OTHERS, "manager"])
def test_nobody_who_may_not_review_it_is_handed_a_story(
    who: str, waiting: Story, manager: User, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        waiting.hand_over(request.getfixturevalue(who), by=manager)


def test_the_second_of_two_reviewers_hears_who_was_faster(
    waiting: Story, manager: User, culture_lead: User
) -> None:
    knew = seen(waiting)
    waiting.publish(by=manager, seen=knew)
    again = Story.objects.get(pk=waiting.pk)
    with pytest.raises(DecidedError) as caught:
        again.send_back(by=culture_lead, note="Too short", seen=knew)
    assert (caught.value.deed.verb, caught.value.deed.actor) == ("publish", manager)
    assert verbs(waiting) == ["submit", "publish"]


def test_a_look_and_a_voice_overtake_nobody(
    story: Story, manager: User, culture_lead: User, stranger: User
) -> None:
    knew = seen(story)
    story.look(by=culture_lead, seen=knew)
    story.add_voice("They did this for us, too.", by=stranger)
    story.hide(by=manager, note="Names a customer", seen=knew)
    assert story.state == State.HIDDEN


def test_a_story_withdrawn_meanwhile_is_not_decided_about(
    waiting: Story, manager: User, teller: User
) -> None:
    knew = seen(waiting)
    waiting.withdraw(by=teller)
    with pytest.raises(DecidedError):
        waiting.publish(by=manager, seen=knew)
    with pytest.raises(PermissionDenied):
        waiting.publish(by=manager)
