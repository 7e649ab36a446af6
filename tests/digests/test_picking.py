"""The choice of stories: what comes first, what gives way, and what is said of it."""

from datetime import timedelta
from typing import Any

import pytest

from stories.digests.picking import MOST, Candidate, Earlier, pick
from tests.digests.to_pick import MONDAY, candidate, told

ONE_DEED = frozenset({"kayak", "jetty", "flood", "lake", "refund"})


def picked(
    *candidates: Candidate,
    earlier: tuple[Earlier, ...] = (),
    kept: tuple[Candidate, ...] = (),
) -> list[int]:
    return [choice.story for choice in pick(candidates, earlier, kept=kept)]


def reasons(*candidates: Candidate, earlier: tuple[Earlier, ...] = (), **said: Any) -> list[str]:
    return [choice.reason for choice in pick(candidates, earlier, **said)]


def test_among_equals_the_newest_leads() -> None:
    assert picked(candidate(2), candidate(1))[0] == 1


def test_the_customers_words_come_before_the_newest() -> None:
    assert picked(candidate(1), candidate(2, has_words=True))[0] == 2


def test_a_group_not_told_lately_leads() -> None:
    assert picked(candidate(1), candidate(2, group=2), earlier=(told(99),))[0] == 2


def test_people_not_told_lately_come_before_those_who_were() -> None:
    last_week = told(99, nominees=frozenset({1}))
    assert picked(candidate(1), candidate(2), earlier=(last_week,))[0] == 2


def test_another_department_comes_before_the_same_again() -> None:
    same = candidate(2)
    other = candidate(3, departments=frozenset({2}))
    assert picked(candidate(1), same, other) == [1, 3, 2]


def test_another_teller_comes_before_the_same_again() -> None:
    assert picked(candidate(1), candidate(2), candidate(3, teller=2)) == [1, 3, 2]


def test_what_a_reviewer_featured_leads_whatever_it_repeats() -> None:
    featured = candidate(9, nominees=frozenset({1}), featured=True)
    assert picked(candidate(1), candidate(2, group=2), featured)[0] == 9


def test_an_edition_has_room_for_so_many() -> None:
    assert len(picked(*map(candidate, range(1, MOST + 3)))) == MOST


def test_what_was_put_in_comes_first_in_its_order() -> None:
    stories = list(map(candidate, range(1, 8)))
    assert picked(*stories, kept=(stories[5], stories[3]))[:2] == [6, 4]


def test_the_rest_spreads_around_what_was_put_in() -> None:
    assert picked(candidate(1), candidate(2, group=2), kept=(candidate(3),)) == [3, 2, 1]


def test_what_was_put_in_counts_into_the_number_of_stories() -> None:
    stories = list(map(candidate, range(1, 10)))
    assert len(picked(*stories, kept=tuple(stories[:4]))) == MOST


def test_what_was_put_in_stays_however_much_it_is() -> None:
    stories = tuple(map(candidate, range(1, MOST + 3)))
    assert picked(*stories, candidate(50), kept=stories) == [story.story for story in stories]


def test_of_one_deed_only_one_story_is_told() -> None:
    twins = [candidate(n, nominees=frozenset({1}), words=ONE_DEED) for n in (1, 2)]
    assert picked(*twins) == [1]


def test_a_deed_that_an_earlier_edition_told_is_not_told_again() -> None:
    last_week = told(99, nominees=frozenset({1}), words=ONE_DEED)
    assert picked(candidate(1, words=ONE_DEED), earlier=(last_week,)) == []


def test_a_deed_that_was_put_in_is_not_told_again() -> None:
    twin = candidate(2, nominees=frozenset({1}), words=ONE_DEED)
    assert picked(candidate(1, words=ONE_DEED), kept=(twin,)) == [2]


def test_the_reason_counts_the_weeks_of_a_group() -> None:
    story = candidate(1, group_name="Journalists")
    assert reasons(story, earlier=(told(99, weeks_ago=5),)) == [
        "First story for Journalists in 5 weeks"
    ]


def test_the_last_time_that_a_group_was_told_counts() -> None:
    earlier = (told(98, weeks_ago=3), told(99, weeks_ago=7))
    assert reasons(candidate(1), earlier=earlier) == ["First story for Customers in 3 weeks"]


def test_a_group_that_was_not_told_for_long_is_not_counted_in_weeks() -> None:
    earlier = (told(99, weeks_ago=9),)
    assert reasons(candidate(1), earlier=earlier) == ["First story for Customers in a long time"]


def test_what_is_featured_or_put_in_says_so() -> None:
    assert reasons(candidate(1, featured=True), kept=(candidate(2),)) == [
        "Chosen at the desk",
        "Featured by a reviewer",
    ]


LAST_WEEK = told(99, nominees=frozenset(range(1, 9)))


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (candidate(1, nominees=frozenset({50})), "People who were not in the digest lately"),
        (candidate(1, has_words=True), "It has the customer’s own words"),
        (candidate(1), "The newest of those left"),
    ],
)
def test_the_reason_of_a_story_alone(story: Candidate, reason: str) -> None:
    assert reasons(story, earlier=(LAST_WEEK,)) == [reason]


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (
            candidate(2, group=2, group_name="Suppliers"),
            "First story for Suppliers in this edition",
        ),
        (
            candidate(2, departments=frozenset({2})),
            "A department that this edition does not have yet",
        ),
        (candidate(2, departments=frozenset()), "The newest of those left"),
        (candidate(2, departments=frozenset({1, 2})), "The newest of those left"),
    ],
)
def test_the_reason_of_a_story_beside_another(story: Candidate, reason: str) -> None:
    earlier = (LAST_WEEK, told(98, group=2))
    assert reasons(story, earlier=earlier, kept=(candidate(1),))[1] == reason


def test_an_older_story_that_repeats_less_does_not_call_itself_the_newest() -> None:
    newer = candidate(2, nominees=frozenset({1}))
    older = candidate(3, published_at=MONDAY - timedelta(days=3))
    assert reasons(newer, older, earlier=(LAST_WEEK,), kept=(candidate(1),))[1:] == [
        "It repeats the least of what this edition has",
        "The newest of those left",
    ]
