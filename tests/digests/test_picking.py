"""The choice of stories: spread, fresh, and the same every time."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stories.digests.picking import MOST, Candidate, Earlier, pick

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
KEYS = st.integers(1, 5)


def candidate(story: int, **said: Any) -> Candidate:
    plain: dict[str, Any] = {
        "published_at": MONDAY - timedelta(hours=story),
        "group": 1,
        "group_name": "Customers",
        "nominees": frozenset({story}),
        "departments": frozenset({1}),
        "teller": 1,
        "has_words": False,
    }
    return Candidate(story=story, **(plain | said))


def stories_of(*candidates: Candidate, earlier: tuple[Earlier, ...] = ()) -> list[int]:
    return [choice.story for choice in pick(candidates, earlier)]


candidates = st.lists(
    st.builds(
        candidate,
        st.integers(1, 30),
        group=KEYS,
        nominees=st.frozensets(KEYS, min_size=1, max_size=3),
        departments=st.frozensets(KEYS, max_size=2),
        teller=KEYS,
        has_words=st.booleans(),
    ),
    unique_by=lambda story: story.story,
    max_size=20,
)
earlier_stories = st.lists(
    st.builds(
        Earlier,
        story=st.integers(1, 30),
        weeks_ago=st.integers(1, 12),
        group=KEYS,
        nominees=st.frozensets(KEYS, min_size=1, max_size=3),
    ),
    max_size=10,
)


@given(candidates, earlier_stories)
def test_nothing_is_told_twice_and_nothing_is_made_up(
    stories: list[Candidate], earlier: list[Earlier]
) -> None:
    told = [choice.story for choice in pick(stories, earlier)]
    fresh = {story.story for story in stories} - {story.story for story in earlier}
    assert len(told) == len(set(told)) == min(MOST, len(fresh))
    assert set(told) <= fresh


@given(candidates, earlier_stories, st.randoms())
def test_the_order_in_which_stories_come_does_not_matter(
    stories: list[Candidate], earlier: list[Earlier], chance: random.Random
) -> None:
    shuffled = list(stories)
    chance.shuffle(shuffled)
    assert pick(shuffled, earlier) == pick(stories, earlier)


@given(candidates, earlier_stories)
def test_no_group_comes_again_while_another_waits(
    stories: list[Candidate], earlier: list[Earlier]
) -> None:
    by_key = {story.story: story for story in stories}
    told = [by_key[choice.story].group for choice in pick(stories, earlier)]
    fresh = {s.group for s in stories if s.story not in {e.story for e in earlier}}
    first = told[: len(fresh)]
    assert len(set(first)) == len(first)


@given(candidates, earlier_stories)
def test_every_choice_says_why(stories: list[Candidate], earlier: list[Earlier]) -> None:
    assert all(choice.reason for choice in pick(stories, earlier))


def test_among_equals_the_newest_leads() -> None:
    assert stories_of(candidate(2), candidate(1))[0] == 1


def test_the_customers_words_come_before_the_newest() -> None:
    assert stories_of(candidate(1), candidate(2, has_words=True))[0] == 2


def test_a_group_not_told_lately_leads() -> None:
    last_week = Earlier(story=99, weeks_ago=1, group=1, nominees=frozenset({99}))
    assert stories_of(candidate(1), candidate(2, group=2), earlier=(last_week,))[0] == 2


def test_people_not_told_lately_come_before_those_who_were() -> None:
    last_week = Earlier(story=99, weeks_ago=1, group=1, nominees=frozenset({1}))
    assert stories_of(candidate(1), candidate(2), earlier=(last_week,))[0] == 2


def test_another_department_comes_before_the_same_again() -> None:
    same = candidate(2)
    other = candidate(3, departments=frozenset({2}))
    assert stories_of(candidate(1), same, other) == [1, 3, 2]


def test_another_teller_comes_before_the_same_again() -> None:
    assert stories_of(candidate(1), candidate(2), candidate(3, teller=2)) == [1, 3, 2]


def test_the_reason_counts_the_weeks_of_a_group() -> None:
    five_weeks = Earlier(story=99, weeks_ago=5, group=1, nominees=frozenset({99}))
    [choice] = pick([candidate(1, group_name="Journalists")], [five_weeks])
    assert choice.reason == "First story for Journalists in 5 weeks"


def test_the_reasons_of_later_places() -> None:
    last_week = Earlier(story=99, weeks_ago=1, group=1, nominees=frozenset({1, 2, 3, 4}))
    stories = [
        candidate(1, has_words=True),
        candidate(2, departments=frozenset({2})),
        candidate(3),
        candidate(5),
    ]
    reasons = {choice.story: choice.reason for choice in pick(stories, [last_week])}
    assert reasons == {
        1: "It has the customer’s own words",
        2: "A department that this edition does not have yet",
        3: "The newest of those left",
        5: "People who were not in the digest lately",
    }
