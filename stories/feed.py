"""The feed: what narrows it, and the query of one page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.db import models
from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.cursor import Cursor, before
from stories.cheering import attach_cheers
from stories.models import Moment, Named, Role, Story
from stories.querysets import StoryQuerySet, card_parts
from stories.search import SearchCursor, beyond, search
from stories.voices import count_voices

PAGE_SIZE = 20
QUERY_MAX = 200
COUNTED_NEWS = 99
# Far enough from the ends of the calendar that a time zone cannot push a day over them.
YEARS = range(2000, 2101)


class Period(models.TextChoices):
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    QUARTER = "quarter", _("The last 3 months")

    def first_day(self, today: date) -> date:
        """Monday, the first of the month, or the same day three months ago."""
        match self:
            case Period.WEEK:
                return today - timedelta(days=today.weekday())
            case Period.MONTH:
                return today.replace(day=1)
            case Period.QUARTER:
                return today - timedelta(days=91)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the address asks for. Unset means everything; what is set combines with AND."""

    q: str = ""
    group: int | None = None
    moment: str = ""
    value: int | None = None
    department: int | None = None
    person: str = ""
    period: str = ""
    start: date | None = field(default=None, metadata={"as": "from"})
    end: date | None = field(default=None, metadata={"as": "to"})

    @classmethod
    def parse(cls, query: QueryDict) -> Self:
        """Read an address. Raises Http404 for what no link or form of ours would say."""
        return cls(
            q=_plain(query.get("q", "")),
            group=_key(query.get("group", "")),
            moment=_choice(query.get("moment", ""), Moment.values),
            value=_key(query.get("value", "")),
            department=_key(query.get("department", "")),
            person=_ref(query.get("person", "")),
            period=_choice(query.get("period", ""), Period.values),
            start=_day(query.get("from", "")),
            end=_day(query.get("to", "")),
        )

    def said(self) -> dict[str, Any]:
        """What is set, by its name in the address."""
        values = {f.metadata.get("as", f.name): getattr(self, f.name) for f in fields(self)}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def __bool__(self) -> bool:
        return bool(self.said())

    @property
    def narrowed(self) -> bool:
        """Whether anything but words to search for is set."""
        return bool(self.without("q"))

    def to_querystring(self, **more: object) -> str:
        """The address's query, with a leading "?"; more parameters may follow the filters."""
        return "?" + urlencode(self.said() | more)

    def without(self, name: str) -> Self:
        """The same filters with one of them, as the address calls it, taken off."""
        attributes = {f.metadata.get("as", f.name): f for f in fields(self)}
        unset: dict[str, Any] = {attributes[name].name: attributes[name].default}
        return replace(self, **unset)

    def narrow(self, stories: StoryQuerySet) -> StoryQuerySet:
        """Apply every filter but the search words. Days are days of the current time zone."""
        if self.group:
            stories = stories.filter(customer_group=self.group)
        if self.moment:
            stories = stories.filter(moment=self.moment)
        if self.value:
            chosen = Story.values.through.objects.filter(story=OuterRef("pk"), value=self.value)
            stories = stories.filter(Exists(chosen))
        if self.department:
            stories = stories.filter(_named(role=Role.NOMINEE, person__department=self.department))
        if self.person:
            stories = stories.filter(_named(person__ref=self.person))
        return self._within_days(stories)

    def _within_days(self, stories: StoryQuerySet) -> StoryQuerySet:
        if self.period:
            first = Period(self.period).first_day(timezone.localdate())
            stories = stories.filter(published_at__gte=_midnight(first))
        if self.start:
            stories = stories.filter(published_at__gte=_midnight(self.start))
        if self.end:
            stories = stories.filter(published_at__lt=_midnight(self.end + timedelta(days=1)))
        return stories


@dataclass(frozen=True, slots=True)
class Page:
    """Up to 20 stories with their cards and cheers; `after` leads to the next page, or is "".

    `featured` stand above the first page of a feed that nothing narrows, and on no page beside.
    """

    stories: list[Story]
    after: str
    featured: list[Story] = field(default_factory=list)

    @property
    def newest(self) -> Story | None:
        """Nothing that came before it is news to whoever has this page."""
        shown = [*self.featured, *self.stories[:1]]
        return max(shown, key=lambda story: (story.published_at, story.pk), default=None)


def read_page(filters: Filters, viewer: User, after: str = "") -> Page:
    """One page of the feed or, with words to search for, of what was found.

    Raises Http404 when `after` is not a cursor that a page gave out.
    """
    stories = filters.narrow(Story.objects.on_feed())
    if filters.q:
        return _page(_found(stories, filters.q, after), viewer, SearchCursor.of)
    featured = [] if filters else list(Story.objects.on_feed().featured())
    stories = stories.exclude(pk__in=[story.pk for story in featured])
    if after:
        stories = before(stories, Cursor.parse(after), field="published_at")
    return _page(stories, viewer, cursor_of, [] if after else featured)


def _found(stories: StoryQuerySet, words: str, after: str) -> StoryQuerySet:
    found = search(words, among=stories)
    return beyond(found, SearchCursor.parse(after)) if after else found


def _page(
    stories: StoryQuerySet,
    viewer: User,
    cursor: Callable[[Story], Cursor | SearchCursor],
    featured: Sequence[Story] = (),
) -> Page:
    rows = list(stories[: PAGE_SIZE + 1])
    page = rows[:PAGE_SIZE]
    shown = [*featured, *page]
    prefetch_related_objects(shown, *card_parts())
    attach_cheers(shown, viewer)
    count_voices(shown)
    after = str(cursor(page[-1])) if len(rows) > PAGE_SIZE else ""
    return Page(page, after, list(featured))


def cursor_of(story: Story) -> Cursor:
    """Where a published story stands on the feed."""
    assert story.published_at is not None  # noqa: S101 -- held by story_published_has_a_moment
    return Cursor(story.published_at, story.pk)


def count_news(filters: Filters, since: Cursor) -> int:
    """How many stories came after the cursor, counted up to 99."""
    place = TupleGreaterThan(Tuple("published_at", "pk"), (since.at, since.pk))
    news = filters.narrow(Story.objects.on_feed()).filter(place)
    return news[:COUNTED_NEWS].count()


def _named(**conditions: object) -> Exists:
    return Exists(Named.objects.filter(story=OuterRef("pk"), **conditions))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:QUERY_MAX]


def _key(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and 0 < int(text) < 2**63):
        raise Http404
    return int(text)


def _choice(text: str, allowed: list[str]) -> str:
    if text and text not in allowed:
        raise Http404
    return text


def _ref(text: str) -> str:
    if text and not (text.isascii() and text.isalnum() and len(text) <= 20):
        raise Http404
    return text


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day.year not in YEARS:
        raise Http404
    return day
