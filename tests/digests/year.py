"""A year of stories as companies tell them, for comparing ways to choose among them.

Few groups, departments, people and tellers make up most of it (Zipf's law), every fourth week one
teller floods the feed with their own team, and of one deed in ten a second colleague tells as well.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from stories.digests.picking import Candidate
from tests.digests.to_pick import MONDAY, candidate

WEEKS = 52
GROUPS, DEPARTMENTS, PEOPLE = 8, 12, 400
# How much more often the first of them comes than the second, and so on.
OF_GROUPS, OF_DEPARTMENTS, OF_NOMINEES, OF_TELLERS = 1.3, 1.0, 0.8, 0.9
STORIES_A_WEEK = (6, 24)
RETOLD = 0.1
# Every so many weeks, and how much of such a week.
BURST_EVERY, BURST = 4, 0.6


class Year:
    """The same seed makes the same stories."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        people = range(PEOPLE)
        self._department_of = [self._one_of(DEPARTMENTS, OF_DEPARTMENTS) for _person in people]
        self.weeks = [list(self._week(1000 * week)) for week in range(WEEKS)]

    def _one_of(self, count: int, steepness: float) -> int:
        """A number below `count`, the small ones most often."""
        return self._random.choices(range(count), cum_weights=_weights(count, steepness))[0]

    def _week(self, first_key: int) -> Iterator[Candidate]:
        """What its edition covers, oldest first."""
        week, count = first_key // 1000, self._random.randint(*STORIES_A_WEEK)
        monday = MONDAY + timedelta(weeks=week)
        moments = sorted(self._random.randrange(7 * 24 * 60) for _story in range(count))
        burst = round(count * BURST) if week % BURST_EVERY == 0 else 0
        last = None
        for number, minutes in enumerate(moments):
            at = monday - timedelta(weeks=1) + timedelta(minutes=minutes)
            story = self._story(first_key + number, at)
            if last is not None and self._random.random() < RETOLD:
                story = _again(last, story)
            elif last is not None and count - number < burst:
                story = _of_the_same_team(last, story)
            last = story
            yield story

    def _story(self, key: int, at: datetime) -> Candidate:
        count = self._random.choice((1, 1, 2))
        people = frozenset(self._one_of(PEOPLE, OF_NOMINEES) for _nominee in range(count))
        return candidate(
            key,
            published_at=at,
            group=self._one_of(GROUPS, OF_GROUPS),
            nominees=people,
            departments=frozenset(self._department_of[person] for person in people),
            teller=self._one_of(PEOPLE, OF_TELLERS),
            has_words=self._random.random() < 0.3,
            words=frozenset(f"{key} {word}" for word in range(30)),
        )


@cache
def _weights(count: int, steepness: float) -> list[float]:
    return list(accumulate((place + 1) ** -steepness for place in range(count)))


def _again(told: Candidate, story: Candidate) -> Candidate:
    """The deed that was `told`, half of it in the same words, by the teller of `story`."""
    words = frozenset(sorted(told.words)[::2]) | frozenset(sorted(story.words)[::2])
    return replace(
        story, nominees=told.nominees, departments=told.departments, group=told.group, words=words
    )


def _of_the_same_team(told: Candidate, story: Candidate) -> Candidate:
    return replace(story, teller=told.teller, departments=told.departments, group=told.group)
