"""What holds of every choice, whatever the stories: hypothesis makes them up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.digests.deeds import Deed, Deeds
from stories.digests.picking import LATELY_WEEKS, Candidate, Choice, Earlier, Told, pick
from tests.digests.to_pick import MONDAY, candidate, told

KEYS = st.integers(1, 4)
NOMINEES = st.frozensets(KEYS, min_size=1, max_size=3)
# Few, so that many stories are of the same moment, and some too far apart to be of one deed.
DATES = st.sampled_from([MONDAY - timedelta(days=days) for days in (1, 8, 15, 22)])
# Few enough that many stories share five of them, which makes them tellings of one deed.
WORDS = st.one_of(
    st.just(frozenset[str]()), st.frozensets(st.sampled_from("abcdefghijklmn"), min_size=4)
)


@dataclass(frozen=True)
class Week:
    """What the choice is asked about; `kept` are some of the candidates."""

    candidates: list[Candidate]
    earlier: list[Earlier]
    kept: list[Candidate]
    most: int

    def pick(self) -> list[Choice]:
        return pick(self.candidates, self.earlier, self.most, kept=self.kept)

    def picked(self) -> list[Candidate]:
        by_key = {story.story: story for story in self.candidates}
        return [by_key[choice.story] for choice in self.pick()]

    def are_one(self, one: Deed, other: Deed) -> bool:
        return Deeds([*self.candidates, *self.earlier, *self.kept]).are_one(one, other)

    def open_beside(self, chosen: Sequence[Candidate]) -> list[Candidate]:
        """What might still be picked: neither told nor chosen, nor of such a story's deed."""
        gone: list[Deed] = [*self.earlier, *chosen]
        return [
            story
            for story in self.candidates
            if not any(story.story == other.story or self.are_one(story, other) for other in gone)
        ]


candidates = st.builds(
    candidate,
    st.just(0),
    published_at=DATES,
    group=KEYS,
    nominees=NOMINEES,
    departments=st.frozensets(KEYS, max_size=2),
    teller=KEYS,
    has_words=st.booleans(),
    featured=st.booleans(),
    words=WORDS,
)
earlier_stories = st.builds(
    told,
    # Some of those that may be picked now, and some that may not.
    st.integers(0, 30),
    weeks_ago=st.integers(1, 12),
    published_at=DATES,
    group=KEYS,
    nominees=NOMINEES,
    words=WORDS,
)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    size = draw(st.integers(0, 16))
    stories = draw(st.lists(candidates, min_size=size, max_size=size))
    numbered = [replace(story, story=key) for key, story in enumerate(stories)]
    earlier = draw(st.lists(earlier_stories, max_size=8))
    sent = {story.story for story in earlier}
    # Nobody can put in what an edition has told: a story is picked once in its life.
    unsent = [story for story in numbered if story.story not in sent]
    kept = draw(st.permutations(unsent))[: draw(st.integers(0, 4))]
    return Week(draw(st.permutations(numbered)), earlier, kept, most=draw(st.integers(0, 8)))


def of_weeks(test: Callable[[Week], None], *, examples: int = 40) -> Callable[[], None]:
    """Without a deadline: a busy machine proves nothing about the choice."""
    return settings(max_examples=examples, deadline=None)(given(weeks())(test))


@of_weeks
def test_the_same_stories_give_the_same_list_in_whatever_order_they_come(week: Week) -> None:
    candidates, earlier = week.candidates[::-1], week.earlier[::-1]
    assert pick(candidates, earlier, week.most, kept=week.kept) == week.pick()


@of_weeks
def test_no_story_is_told_twice(week: Week) -> None:
    keys = [choice.story for choice in week.pick()]
    sent = {story.story for story in week.earlier}
    assert len(keys) == len(set(keys)) and sent.isdisjoint(keys)


@of_weeks
def test_no_deed_is_told_twice(week: Week) -> None:
    picked = week.picked()
    for place, story in enumerate(picked[len(week.kept) :], start=len(week.kept)):
        others: list[Deed] = [*week.earlier, *picked[:place]]
        assert not any(week.are_one(story, other) for other in others)


@of_weeks
def test_there_are_as_many_as_fit(week: Week) -> None:
    picked = week.picked()
    assert len(picked) <= max(week.most, len(week.kept))
    assert len(picked) >= week.most or not week.open_beside(picked)


@of_weeks
def test_what_was_put_in_leads_in_its_order(week: Week) -> None:
    assert week.picked()[: len(week.kept)] == week.kept


@of_weeks
def test_no_featured_story_waits_while_another_is_told(week: Week) -> None:
    chosen = [story.featured for story in week.picked()[len(week.kept) :]]
    assert chosen == sorted(chosen, reverse=True)


@of_weeks
def test_no_group_comes_again_while_another_waits(week: Week) -> None:
    picked = week.picked()
    for place in range(len(week.kept), len(picked)):
        before, story = picked[:place], picked[place]
        groups = {other.group for other in before}
        rest = [other for other in week.open_beside(before) if other.featured == story.featured]
        assert story.group not in groups or {other.group for other in rest} <= groups


@partial(of_weeks, examples=150)
def test_every_choice_says_why_and_it_is_true(week: Week) -> None:
    choices, picked = week.pick(), week.picked()
    for place, (choice, story) in enumerate(zip(choices, picked, strict=True)):
        if place < len(week.kept):
            assert choice.reason == "Chosen at the desk"
        else:
            assert is_true(choice.reason, story, picked[:place], week), choice.reason


def is_true(reason: str, story: Candidate, before: list[Candidate], week: Week) -> bool:
    """Whether the sentence is, told anew from the stories alone."""
    if match := re.fullmatch(r"First story for Customers in (.+)", reason):
        return is_first_of_group(match[1], story, before, week)
    rest = week.open_beside(before)
    lately = [one for one in week.earlier if one.weeks_ago < LATELY_WEEKS]
    people = [one.nominees for one in (*lately, *before)]
    there = {department for one in before for department in one.departments}
    return {
        "Featured by a reviewer": story.featured,
        "It has the customer’s own words": story.has_words,
        "People who were not in the digest lately": story.nominees.isdisjoint(
            frozenset().union(*people)
        ),
        "A department that this edition does not have yet": bool(story.departments)
        and there.isdisjoint(story.departments),
        "The newest of those left": all(one.published_at <= story.published_at for one in rest),
        "It repeats the least of what this edition has": repeats(story, before)
        == min(repeats(one, before) for one in rest),
    }[reason]


def is_first_of_group(when: str, story: Candidate, before: list[Candidate], week: Week) -> bool:
    weeks_ago = [one.weeks_ago for one in week.earlier if one.group == story.group]
    since = {"this edition": 0, "a long time": LATELY_WEEKS}.get(when)
    if since is None:
        since = int(when.removesuffix("s").removesuffix(" week"))
        assert min(weeks_ago) == since >= 2
    return story.group not in {one.group for one in before} and min(weeks_ago, default=99) >= since


def repeats(story: Candidate, before: list[Candidate]) -> tuple[int, ...]:
    told = Told()
    for other in before:
        told.add(other)
    return told.repeats(story)
