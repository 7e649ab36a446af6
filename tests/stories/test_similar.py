"""Stories that somebody is about to tell again: found where they are of one deed."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Publicity, User
from kudos.management import demo_company
from stories.db import likeness as engines
from stories.models import Story
from stories.similar import COMPARED_MAX, similar_stories
from tests.digests.retold import OTHER, RETOLD, TWICE
from tests.digests.retold_demo import DEMO_OTHER, DEMO_RETOLD
from tests.factories import UserFactory, draft_story, tell_story, wants

pytestmark = pytest.mark.django_db

KAYAK = (
    "When the river flooded, the kayak school lost its jetty and was about to refund every "
    "booking. She rang the school at seven and moved forty-one bookings to the lake upstream."
)
REWORDED = (
    "The jetty at the kayak school was gone after the flood. I would have sent refunds. She moved "
    "all forty-one bookings to the lake before I had my coffee."
)
FERRY = (
    "Persuaded the harbour master to let the last ferry wait for a wheelchair, and carried the "
    "luggage aboard herself."
)

TOLD = {
    story.headline: f"{story.headline}\n{story.what_they_did}\n{story.difference}"
    for story in demo_company.STORIES
}
SAME = [(TOLD[headline], "\n".join(again)) for headline, again in DEMO_RETOLD.items()] + [
    ("\n".join(one), "\n".join(again)) for one, again in TWICE + RETOLD
]
DIFFERENT = [(TOLD[headline], "\n".join(other)) for headline, other in DEMO_OTHER.items()] + [
    ("\n".join(one), "\n".join(other)) for one, other in OTHER
]


# What a form lets through.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]))

type Engine = tuple[Callable[[str, Sequence[str]], list[float]], engines.Scale]

NEEDS_TRIGRAMS = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="pg_trgm is PostgreSQL's"
)


@pytest.fixture(params=["words", pytest.param("trigrams", marks=NEEDS_TRIGRAMS)])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "trigrams":
        return engines.by_trigrams, engines.TRIGRAMS
    return engines.by_words, engines.WORDS


def found(text: str, *nominees: User, teller: User) -> list[tuple[str, bool]]:
    similar = similar_stories(text, nominees, teller=teller)
    return [(one.story.headline, one.is_very) for one in similar]


def tell(teller: User, *nominees: User, text: str = KAYAK, **said: Any) -> Story:
    return tell_story(teller, *nominees, what_they_did=text, difference="", **said)


def told_days_ago(story: Story, days: float) -> None:
    at = timezone.now() - timedelta(days=days)
    Story.objects.filter(pk=story.pk).update(published_at=at)


# --- The engines -------------------------------------------------------------------------------


def test_the_same_text_is_as_alike_as_can_be(engine: Engine) -> None:
    likeness, _scale = engine
    assert likeness(KAYAK, [KAYAK, KAYAK.upper()]) == pytest.approx([1, 1])


def test_clear_cases_are_told_apart(engine: Engine) -> None:
    likeness, scale = engine
    reworded, unrelated = likeness(KAYAK, [REWORDED, FERRY])
    assert reworded >= scale.very
    assert unrelated < scale.similar


def test_a_deed_told_twice_is_mostly_found(engine: Engine) -> None:
    likeness, scale = engine
    values = [likeness(one, [again])[0] for one, again in SAME]
    assert sum(value >= scale.similar for value in values) >= len(SAME) - 1
    assert sum(value >= scale.very for value in values) >= len(SAME) * 2 // 3


def test_another_deed_of_the_same_people_never_stands_in_the_way(engine: Engine) -> None:
    likeness, scale = engine
    assert all(likeness(one, [other])[0] < scale.very for one, other in DIFFERENT)


def test_the_demo_companys_stories_do_not_stand_in_each_others_way(engine: Engine) -> None:
    likeness, scale = engine
    texts = list(TOLD.values())
    values = [
        value
        for place, text in enumerate(texts[:-1])
        for value in likeness(text, texts[place + 1 :])
    ]
    assert max(values) < scale.very
    assert sum(value >= scale.similar for value in values) <= len(values) / 50


@pytest.mark.parametrize("text", ["", "!?", "to be or not", "\u200f"])
def test_a_text_that_says_nothing_is_like_no_other(text: str, engine: Engine) -> None:
    likeness, _scale = engine
    assert likeness(text, [KAYAK]) == [0]
    assert likeness(KAYAK, [text]) == [0]


@given(text=TEXT, others=st.lists(TEXT, max_size=4))
@settings(deadline=None, max_examples=50)
def test_any_text_gets_the_same_answer_twice_and_the_other_way_round(
    text: str, others: list[str]
) -> None:
    values = engines.likeness(text, others)
    assert values == engines.likeness(text, others)
    assert values == pytest.approx([engines.likeness(other, [text])[0] for other in others])
    assert all(0 <= value <= 1 + 1e-6 for value in values)
    shuffled = engines.likeness(text, others[::-1])
    assert shuffled[::-1] == pytest.approx(values)


# --- Which stories -----------------------------------------------------------------------------


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
