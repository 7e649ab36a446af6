"""Which stories an edition tells first, and why: a pure function.

A greedy choice (digest.md, "Picking the stories"): each place goes to the story that repeats
least of what the edition has already (customer group, nominees, departments, teller), then to
those not picked lately, then to the customer's own words, then to the newest.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST = 6
# Who was picked longer ago than this counts as not picked at all.
LATELY_WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A publishable story as the choice sees it. Everything but the texts is a primary key."""

    story: int
    published_at: datetime
    group: int
    group_name: str
    nominees: frozenset[int]
    departments: frozenset[int]
    teller: int
    has_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A story that an earlier edition told, and how many weeks ago that was (at least 1)."""

    story: int
    weeks_ago: int
    group: int
    nominees: frozenset[int]


@dataclass(frozen=True, slots=True)
class Choice:
    story: int
    reason: str


class Told:
    """What this edition has so far."""

    def __init__(self) -> None:
        self.groups: Counter[int] = Counter()
        self.nominees: Counter[int] = Counter()
        self.departments: Counter[int] = Counter()
        self.tellers: Counter[int] = Counter()

    def add(self, story: Candidate) -> None:
        self.groups[story.group] += 1
        self.nominees.update(story.nominees)
        self.departments.update(story.departments)
        self.tellers[story.teller] += 1

    def repeats(self, story: Candidate) -> tuple[int, int, int, int]:
        """How much of the story was there before, the most telling first."""
        return (
            self.groups[story.group],
            _most(self.nominees, story.nominees),
            _most(self.departments, story.departments),
            self.tellers[story.teller],
        )


class Past:
    """How many weeks ago a group or a nominee was last in an edition."""

    def __init__(self, earlier: Iterable[Earlier]) -> None:
        self.stories: set[int] = set()
        self._weeks: dict[tuple[str, Hashable], int] = {}
        for story in earlier:
            self.stories.add(story.story)
            self._note("group", story.group, story.weeks_ago)
            for nominee in story.nominees:
                self._note("nominee", nominee, story.weeks_ago)

    def _note(self, kind: str, key: int, weeks: int) -> None:
        self._weeks[kind, key] = min(weeks, self._weeks.get((kind, key), weeks))

    def of_group(self, story: Candidate) -> int:
        return self._since("group", [story.group])

    def of_nominees(self, story: Candidate) -> int:
        return self._since("nominee", story.nominees)

    def _since(self, kind: str, keys: Iterable[int]) -> int:
        """Weeks since the latest of them was told, at most LATELY_WEEKS."""
        weeks = (self._weeks.get((kind, key), LATELY_WEEKS) for key in keys)
        return min([LATELY_WEEKS, *weeks])


def _most(counts: Counter[int], keys: Iterable[int]) -> int:
    return max((counts[key] for key in keys), default=0)


def pick(
    candidates: Sequence[Candidate], earlier: Iterable[Earlier], most: int = MOST
) -> list[Choice]:
    """At most `most` stories in the order in which the edition tells them, each with its reason.

    Same input, same list, in whatever order the candidates come. No story is told twice.
    """
    past = Past(earlier)
    left = {story.story: story for story in candidates if story.story not in past.stories}
    told, chosen = Told(), list[Choice]()
    while left and len(chosen) < most:
        best = min(left.values(), key=lambda story: _rank(story, told, past))
        chosen.append(Choice(best.story, _reason(best, told, past)))
        told.add(best)
        del left[best.story]
    return chosen


def _rank(story: Candidate, told: Told, past: Past) -> tuple[float, ...]:
    """The smallest is picked next."""
    return (
        *told.repeats(story),
        -past.of_group(story),
        -past.of_nominees(story),
        not story.has_words,
        -story.published_at.timestamp(),
        story.story,
    )


def _reason(story: Candidate, told: Told, past: Past) -> str:
    """The strongest thing to say for the story, as the desk shows it."""
    group, weeks = story.group_name, past.of_group(story)
    if not told.groups[story.group] and weeks > 1:
        return _first_of_group(group, weeks)
    if past.of_nominees(story) >= LATELY_WEEKS and not _most(told.nominees, story.nominees):
        return _("People who were not in the digest lately")
    if story.has_words:
        return _("It has the customer’s own words")
    if not _most(told.departments, story.departments):
        return _("A department that this edition does not have yet")
    return _("The newest of those left")


def _first_of_group(group: str, weeks: int) -> str:
    if weeks >= LATELY_WEEKS:
        return _("First story for %(group)s in a long time") % {"group": group}
    return ngettext(
        "First story for %(group)s in %(weeks)d week",
        "First story for %(group)s in %(weeks)d weeks",
        weeks,
    ) % {"group": group, "weeks": weeks}
