"""Which stories an edition tells first, and why: a pure function.

A greedy choice (digest.md, "Picking the stories"): what a reviewer featured first, then each place
goes to the story that repeats least of what the edition has already (customer group, nominees,
departments, teller), then to those not picked lately, then to the customer's own words, then to
the newest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stories.digests.deeds import Deed, Deeds

MOST = 6
# Who was picked longer ago than this counts as not picked at all.
LATELY_WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Deed):
    """A publishable story as the choice sees it. Everything but the texts is a primary key."""

    group: int
    group_name: str
    departments: frozenset[int]
    teller: int
    has_words: bool
    featured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier(Deed):
    """A story that an earlier edition told, and how many weeks ago that was (at least 1)."""

    weeks_ago: int
    group: int


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
        self._groups: dict[int, int] = {}
        self._nominees: dict[int, int] = {}
        for story in earlier:
            _note(self._groups, story.group, story.weeks_ago)
            for person in story.nominees:
                _note(self._nominees, person, story.weeks_ago)

    def of_group(self, story: Candidate) -> int:
        return self._groups.get(story.group, LATELY_WEEKS)

    def of_nominees(self, story: Candidate) -> int:
        """Weeks since the latest of them was told, at most LATELY_WEEKS."""
        weeks = (self._nominees.get(person, LATELY_WEEKS) for person in story.nominees)
        return min(weeks, default=LATELY_WEEKS)


def _note(last: dict[int, int], key: int, weeks: int) -> None:
    last[key] = min(weeks, last.get(key, LATELY_WEEKS))


def _most(counts: Counter[int], keys: Iterable[int]) -> int:
    return max((counts[key] for key in keys), default=0)


def pick(
    candidates: Sequence[Candidate],
    earlier: Sequence[Earlier],
    most: int = MOST,
    *,
    kept: Sequence[Candidate] = (),
) -> list[Choice]:
    """At most `most` stories in the order in which the edition tells them, each with its reason.

    What a culture lead put in is `kept`: it comes first, in its order and however much it is, and
    the rest spreads around it. Same input, same list, in whatever order the candidates come. No
    story is told twice, and no deed, be it in another's words.
    """
    past, told = Past(earlier), Told()
    deeds = Deeds([*candidates, *earlier, *kept])
    chosen = [Choice(story.story, _("Chosen at the desk")) for story in kept]
    for story in kept:
        told.add(story)
    left = _without([*earlier, *kept], candidates, deeds)
    while left and len(chosen) < most:
        best = min(left, key=lambda story: _rank(story, told, past))
        chosen.append(Choice(best.story, _reason(best, left, told, past)))
        told.add(best)
        left = _without([best], left, deeds)
    return chosen


def _without(gone: Sequence[Deed], stories: Sequence[Candidate], deeds: Deeds) -> list[Candidate]:
    """The stories that are neither among those gone nor of a deed of theirs."""
    keys = {story.story for story in gone}
    return [
        story
        for story in stories
        if story.story not in keys and not any(deeds.are_one(story, other) for other in gone)
    ]


def _rank(story: Candidate, told: Told, past: Past) -> tuple[float, ...]:
    """The smallest is picked next."""
    return (
        not story.featured,
        *told.repeats(story),
        -past.of_group(story),
        -past.of_nominees(story),
        not story.has_words,
        -story.published_at.timestamp(),
        story.story,
    )


def _reason(story: Candidate, left: Sequence[Candidate], told: Told, past: Past) -> str:
    """The strongest thing that is true of the story among those left, as the desk shows it."""
    if story.featured:
        return _("Featured by a reviewer")
    if not told.groups[story.group] and past.of_group(story) > 1:
        return _first_of_group(story.group_name, past.of_group(story))
    if past.of_nominees(story) >= LATELY_WEEKS and not _most(told.nominees, story.nominees):
        return _("People who were not in the digest lately")
    if story.has_words:
        return _("It has the customer’s own words")
    return _of_the_rest(story, left, told)


def _of_the_rest(story: Candidate, left: Sequence[Candidate], told: Told) -> str:
    if told.groups and not told.groups[story.group]:
        return _("First story for %(group)s in this edition") % {"group": story.group_name}
    if told.departments and story.departments and not _most(told.departments, story.departments):
        return _("A department that this edition does not have yet")
    if story.published_at == max(other.published_at for other in left):
        return _("The newest of those left")
    return _("It repeats the least of what this edition has")


def _first_of_group(group: str, weeks: int) -> str:
    if weeks >= LATELY_WEEKS:
        return _("First story for %(group)s in a long time") % {"group": group}
    return ngettext(
        "First story for %(group)s in %(weeks)d week",
        "First story for %(group)s in %(weeks)d weeks",
        weeks,
    ) % {"group": group, "weeks": weeks}
