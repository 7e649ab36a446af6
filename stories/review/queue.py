"""One list of stories as one reviewer works through it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import History, User
from kudos.lib import cursor
from kudos.lib.cursor import Cursor
from stories.models import Named, Story
from stories.models.deeds import last_decisive_key
from stories.review.sent_back import as_sent_back
from stories.review.tabs import DUE, TABS, Tab

if TYPE_CHECKING:
    from stories.querysets import StoryQuerySet

PAGE_SIZE = 20
# Whoever was handed more sees the others once some of these are done.
HANDED_MOST = 50
COUNTED_MOST = 99


@dataclass(frozen=True, slots=True)
class Row:
    """One story of the list. `seen` is the newest decision that this page knows of, `at` the
    moment that orders the list, `deed` what brought it here: a handing over, or why it is out."""

    story: Story
    at: datetime
    seen: int
    deed: History | None
    is_handed: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 20 rows, those handed over first; `after` leads to the next page, or is ""."""

    rows: list[Row]
    after: str


class Queue:
    """The stories behind one tab about which `reviewer` may decide: of `theirs`, which are all of
    them, where they are asked for already."""

    def __init__(self, tab: Tab, reviewer: User, theirs: StoryQuerySet | None = None) -> None:
        self.tab, self.reviewer = tab, reviewer
        if theirs is None:
            theirs = Story.objects.reviewable_by(reviewer)
        handed = theirs.filter(handed_to=reviewer, state=tab.handed_in)
        self._handed = self._in_order(handed) if tab.handed_in else theirs.none()
        narrow = tab.narrow(theirs, reviewer)
        others = narrow.exclude(handed_to=reviewer) if tab.handed_in else narrow
        self._others = self._in_order(others)

    def count(self) -> int:
        """How many there are, counted up to one more than 99."""
        handed = self._handed.order_by()[:HANDED_MOST].count() if self.tab.handed_in else 0
        return handed + self._others.order_by()[: COUNTED_MOST + 1].count()

    def page(self, after: str = "") -> Page:
        """Raises Http404 where `after` is not a cursor that a page gave out."""
        handed = [] if after else list(self._listed(self._handed)[:HANDED_MOST])
        others = self._beyond(Cursor.parse(after)) if after else self._others
        found = list(self._listed(others)[: PAGE_SIZE + 1])
        shown = found[:PAGE_SIZE]
        rows = self._rows(handed, shown)
        more = len(found) > PAGE_SIZE
        return Page(rows, str(self._cursor(shown[-1])) if more else "")

    def following(self, story: Story) -> Story | None:
        """Which one to open once this one is decided about: the next, else the first of all."""
        handed = self._handed.exclude(pk=story.pk).first()
        is_handed = story.handed_to_id == self.reviewer.pk
        if handed and is_handed:
            return handed
        others = self._others.exclude(pk=story.pk)
        at = getattr(story, self.tab.moment, None)
        if at and not is_handed:
            later = self._beyond(Cursor(at, story.pk)).first()
            if later:
                return later
        return handed or others.first()

    def _in_order(self, stories: StoryQuerySet) -> StoryQuerySet:
        sign = "" if self.tab.is_oldest_first else "-"
        return stories.order_by(f"{sign}{self.tab.moment}", f"{sign}pk")

    def _beyond(self, place: Cursor) -> StoryQuerySet:
        beyond = cursor.after if self.tab.is_oldest_first else cursor.before
        return beyond(self._others, place, field=self.tab.moment)

    def _cursor(self, story: Story) -> Cursor:
        return Cursor(getattr(story, self.tab.moment), story.pk)

    def _listed(self, stories: StoryQuerySet) -> StoryQuerySet:
        return stories.annotate(seen=last_decisive_key(Story))

    def _rows(self, handed: list[Story], others: list[Story]) -> list[Row]:
        """In a fixed number of queries."""
        stories = [*handed, *others]
        people = Prefetch("named", Named.objects.select_related("person"))
        prefetch_related_objects(stories, people, "customer_group", "teller")
        verb = self.tab.reason or "hand over"
        deeds = last_rows(stories if self.tab.reason else handed, verb)
        shown = as_sent_back(stories, deeds, self.reviewer) if verb == "send back" else stories
        keys = {story.pk for story in handed}
        return [
            Row(
                story,
                getattr(story, self.tab.moment),
                getattr(story, "seen", 0),
                deeds.get(story.pk),
                story.pk in keys,
            )
            for story in shown
        ]


def last_rows(stories: list[Story], verb: str) -> dict[int, History]:
    """By story's key, the newest row of history of that verb, with who did it."""
    rows = History.objects.filter(
        subject_type=ContentType.objects.get_for_model(Story),
        subject_id__in=[story.pk for story in stories],
        verb=verb,
    )
    return {row.subject_id: row for row in rows.select_related("actor")}


def counts(reviewer: User, tabs: Iterable[Tab] = TABS) -> dict[str, int]:
    """By tab's name. To say which stories are theirs takes as long as to count those of a tab, and
    every page of a reviewer counts."""
    theirs = Story.objects.reviewable_by(reviewer)
    return {tab.name: Queue(tab, reviewer, theirs).count() for tab in tabs}


def due(counted: Mapping[str, int]) -> int:
    """How many decisions somebody waits for: a story both reported and changed needs two."""
    return sum(counted[tab.name] for tab in DUE)
