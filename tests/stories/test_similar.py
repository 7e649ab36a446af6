"""Stories that somebody is about to tell again: which are looked for, and for whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Publicity, User
from stories.models import Story
from stories.similar import COMPARED_MAX, similar_stories
from tests.factories import UserFactory, draft_story, tell_story, wants
from tests.stories.told_twice import FERRY, KAYAK, REWORDED

pytestmark = pytest.mark.django_db


def found(text: str, *nominees: User, teller: User) -> list[tuple[str, bool]]:
    similar = similar_stories(text, nominees, teller=teller)
    return [(one.story.headline, one.is_very) for one in similar]


def tell(teller: User, *nominees: User, text: str = KAYAK, **said: Any) -> Story:
    return tell_story(teller, *nominees, what_they_did=text, difference="", **said)


def told_days_ago(story: Story, days: float) -> None:
    at = timezone.now() - timedelta(days=days)
    Story.objects.filter(pk=story.pk).update(published_at=at)


def test_the_same_deed_is_found(teller: User, nominee: User, stranger: User) -> None:
    tell(teller, nominee, headline="A kayak school kept its season")
    assert found(REWORDED, nominee, teller=stranger) == [("A kayak school kept its season", True)]


def test_another_deed_is_not(teller: User, nominee: User, stranger: User) -> None:
    tell(teller, nominee)
    assert found(FERRY, nominee, teller=stranger) == []


def test_one_nominee_in_common_is_enough(
    teller: User, nominee: User, stranger: User, manager: User
) -> None:
    tell(teller, nominee, manager)
    assert found(REWORDED, UserFactory(), nominee, teller=stranger)


def test_the_same_deed_of_somebody_else_is_not_asked_about(
    teller: User, nominee: User, stranger: User, manager: User
) -> None:
    tell(teller, manager)
    assert found(REWORDED, nominee, teller=stranger) == []


def test_a_helping_hand_is_no_nominee(
    teller: User, nominee: User, stranger: User, manager: User
) -> None:
    tell(teller, manager, helping_hands=[nominee])
    assert found(REWORDED, nominee, teller=stranger) == []


@pytest.mark.parametrize(("days", "count"), [(0, 1), (13.9, 1), (14.1, 0), (365, 0)])
def test_only_the_last_two_weeks_are_compared(
    days: float, count: int, teller: User, nominee: User, stranger: User
) -> None:
    told_days_ago(tell(teller, nominee), days)
    assert len(found(KAYAK, nominee, teller=stranger)) == count


@pytest.mark.parametrize("text", ["", "Thank you", "to be or not to be, that is the question"])
def test_few_words_are_not_compared(text: str, teller: User, nominee: User, stranger: User) -> None:
    tell(teller, nominee, text=text or "Nothing", headline="Thank you")
    assert found(text, nominee, teller=stranger) == []


def test_without_a_nominee_nothing_is_asked(story: Story, stranger: User) -> None:
    assert found(KAYAK, teller=stranger) == []


def test_ones_own_story_and_one_about_oneself_are_left_out(
    teller: User, nominee: User, stranger: User
) -> None:
    tell(teller, nominee, stranger)
    assert found(KAYAK, nominee, teller=teller) == []
    assert found(KAYAK, nominee, teller=stranger) == []


def test_a_story_with_ones_own_voice_is_left_out(
    teller: User, nominee: User, stranger: User
) -> None:
    tell(teller, nominee).add_voice("I saw it.", by=stranger)
    assert found(KAYAK, nominee, teller=stranger) == []


@pytest.mark.parametrize("who", ["stranger", "other_manager", "culture_lead"])
def test_a_private_story_is_found_by_its_few_alone(
    who: str, teller: User, nominee: User, manager: User, request: pytest.FixtureRequest
) -> None:
    tell(teller, nominee, visibility="private")
    assert found(KAYAK, nominee, teller=request.getfixturevalue(who)) == []
    assert len(found(KAYAK, nominee, teller=manager)) == 1


@pytest.mark.parametrize("who", ["stranger", "manager", "culture_lead"])
@pytest.mark.parametrize("state", ["draft", "asking", "hidden", "withdrawn"])
def test_what_is_not_published_is_found_by_nobody(
    state: str,
    who: str,
    teller: User,
    nominee: User,
    culture_lead: User,
    request: pytest.FixtureRequest,
) -> None:
    if state == "asking":
        wants(nominee, Publicity.ASK_FIRST)
    if state == "draft":
        draft_story(teller, nominee, what_they_did=KAYAK)
    else:
        story = tell(teller, nominee)
        if state == "hidden":
            story.hide(by=culture_lead, note="Names a customer")
        if state == "withdrawn":
            story.withdraw(by=teller)
    assert found(KAYAK, nominee, teller=request.getfixturevalue(who)) == []


def test_the_most_similar_come_first_and_of_equals_the_newest(
    teller: User, nominee: User, stranger: User
) -> None:
    for number, text in enumerate([REWORDED, KAYAK, KAYAK, FERRY]):
        told_days_ago(tell(teller, nominee, text=text, headline=f"Story {number}"), 4 - number)
    headlines = [headline for headline, _very in found(f"Story {KAYAK}", nominee, teller=stranger)]
    assert headlines == ["Story 2", "Story 1", "Story 0"]


def test_it_costs_the_same_however_much_is_told(
    teller: User, nominee: User, stranger: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert found(KAYAK, nominee, teller=stranger)
        return len(captured)

    tell(teller, nominee)
    queries()
    few = queries()
    for _ in range(COMPARED_MAX + 5):
        tell(UserFactory(), nominee)
    assert queries() == few
