"""A year of editions, against the newest stories of each week: at least as much spread.

The measures: how many different groups, departments, nominees and tellers an edition has on
average, which share of those who had a story at all was told of within the year, and how many
stories told a deed that had been told. `pytest -s` prints both figures of each.
"""

from collections.abc import Callable
from functools import cache
from itertools import chain, combinations
from statistics import fmean

import pytest

from stories.digests.deeds import Deeds
from stories.digests.picking import MOST, Candidate, Earlier, pick
from tests.digests.year import Year

SEEDS = (1, 2, 3)
# How far back the history of an edition reaches (stories.digests.candidates.earlier_picks).
REACH = 12

type Edition = list[Candidate]
type Choose = Callable[[list[Candidate], list[Earlier]], list[int]]
type Show = Callable[[str, float, float], None]


@pytest.fixture
def show(record_property: Callable[[str, object], None]) -> Show:
    """Print both figures, and put them into the report of the run."""

    def both(name: str, ours: float, newest_first: float) -> None:
        print(f"\n{name}: {ours:.2f}, newest first {newest_first:.2f}")  # noqa: T201
        record_property(name, (ours, newest_first))

    return both


def by_pick(stories: list[Candidate], earlier: list[Earlier]) -> list[int]:
    return [choice.story for choice in pick(stories, earlier)]


def by_newest(stories: list[Candidate], earlier: list[Earlier]) -> list[int]:
    newest = sorted(stories, key=lambda story: story.published_at, reverse=True)
    return [story.story for story in newest[:MOST]]


@cache
def year(seed: int) -> Year:
    return Year(seed)


@cache
def editions(choose: Choose, seed: int) -> list[Edition]:
    told: list[Edition] = []
    for week, stories in enumerate(year(seed).weeks):
        by_key = {story.story: story for story in stories}
        earlier = [
            as_told(story, week - past)
            for past in range(max(0, week - REACH), week)
            for story in told[past]
        ]
        told.append([by_key[key] for key in choose(stories, earlier)])
    return told


def as_told(story: Candidate, weeks_ago: int) -> Earlier:
    return Earlier(
        story=story.story,
        published_at=story.published_at,
        nominees=story.nominees,
        words=story.words,
        weeks_ago=weeks_ago,
        group=story.group,
    )


TAGS: dict[str, Callable[[Candidate], frozenset[int]]] = {
    "groups": lambda story: frozenset({story.group}),
    "departments": lambda story: story.departments,
    "nominees": lambda story: story.nominees,
    "tellers": lambda story: frozenset({story.teller}),
}


def all_of(tag: str, stories: list[Candidate]) -> frozenset[int]:
    return frozenset().union(*map(TAGS[tag], stories))


def an_edition(tag: str, choose: Choose, seed: int) -> float:
    return fmean(len(all_of(tag, edition)) for edition in editions(choose, seed))


def a_year(tag: str, choose: Choose, seed: int) -> float:
    told = list(chain.from_iterable(editions(choose, seed)))
    published = list(chain.from_iterable(year(seed).weeks))
    return len(all_of(tag, told)) / len(all_of(tag, published))


def retold(choose: Choose, seed: int) -> int:
    """How many stories told a deed that an edition had already."""
    told = list(chain.from_iterable(editions(choose, seed)))
    deeds = Deeds(told)
    return len({b.story for a, b in combinations(told, 2) if deeds.are_one(a, b)})


MEASURES = {
    **{f"different {tag} in an edition": (an_edition, tag) for tag in TAGS},
    **{f"share of all {tag} told in a year": (a_year, tag) for tag in TAGS},
}


@pytest.mark.parametrize("name", MEASURES)
def test_the_choice_spreads_at_least_as_much_as_newest_first(name: str, show: Show) -> None:
    measure, tag = MEASURES[name]
    pairs = [(measure(tag, by_pick, seed), measure(tag, by_newest, seed)) for seed in SEEDS]
    show(name, *(fmean(figures) for figures in zip(*pairs, strict=True)))
    assert all(ours >= theirs for ours, theirs in pairs)


def test_no_deed_is_told_twice_in_a_year(show: Show) -> None:
    ours, theirs = ([retold(choose, seed) for seed in SEEDS] for choose in (by_pick, by_newest))
    show("deeds told again in a year", fmean(ours), fmean(theirs))
    assert not any(ours) and all(theirs)
