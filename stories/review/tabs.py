"""The lists of the review page, each behind a tab of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import History, User
from stories.models import Report, State, Story, Visibility

if TYPE_CHECKING:
    from stories.querysets import StoryQuerySet

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Tab:
    """One list. `moment` is the field that orders it, `narrow` leaves what belongs in it, of what
    a reviewer may decide about, or without a reviewer of all.

    In `handed_in` somebody may be asked by another reviewer: those stories come first. `bulk` is
    the decision for which several of its stories may be ticked, `reason` the one that brought a
    story here. With `comes_from` it is the tab of the stories in this state.
    """

    name: str
    label: Promise
    moment: str
    narrow: Callable[[StoryQuerySet, User | None], StoryQuerySet]
    is_oldest_first: bool = False
    comes_from: State | None = None
    handed_in: State | None = None
    bulk: str = ""
    reason: str = ""


def _waiting(stories: StoryQuerySet, _reviewer: User | None) -> StoryQuerySet:
    return stories.filter(state=State.WAITING)


def _changes(stories: StoryQuerySet, reviewer: User | None) -> StoryQuerySet:
    """Read already, and its teller wants to change what it says."""
    changed = stories.with_edit_for(reviewer) if reviewer else stories.with_waiting_edit()
    return changed.annotate(proposed_at=F("proposal__proposed_at"))


def _this_week(stories: StoryQuerySet, _reviewer: User | None) -> StoryQuerySet:
    """Published lately, and no reviewer has looked at it."""
    on_feed = stories.published().filter(visibility=Visibility.COMPANY)
    return on_feed.filter(looked_at__isnull=True, published_at__gte=timezone.now() - WEEK)


def _reported(stories: StoryQuerySet, _reviewer: User | None) -> StoryQuerySet:
    reports = Report.objects.open().filter(story=OuterRef("pk")).order_by("reported_at", "pk")
    first = Subquery(reports.values("reported_at")[:1])
    return stories.reported().annotate(reported_at=first)


def _sent_back(stories: StoryQuerySet, _reviewer: User | None) -> StoryQuerySet:
    rows = History.objects.filter(
        subject_type=ContentType.objects.get_for_model(Story),
        subject_id=OuterRef("pk"),
        verb="send back",
    )
    when = Subquery(rows.order_by("-at", "-pk").values("at")[:1])
    return stories.filter(state=State.RETURNED).annotate(sent_back_at=when)


def _hidden(stories: StoryQuerySet, _reviewer: User | None) -> StoryQuerySet:
    return stories.filter(state=State.HIDDEN)


TABS = (
    Tab(
        "waiting",
        pgettext_lazy("stories", "Waiting"),
        "waiting_since",
        _waiting,
        is_oldest_first=True,
        comes_from=State.WAITING,
        handed_in=State.WAITING,
        bulk="publish",
    ),
    Tab("changes", _("Changes"), "proposed_at", _changes, is_oldest_first=True),
    Tab(
        "week",
        _("This week"),
        "published_at",
        _this_week,
        comes_from=State.PUBLISHED,
        handed_in=State.PUBLISHED,
        bulk="look",
    ),
    Tab("reported", _("Reported"), "reported_at", _reported, is_oldest_first=True),
    Tab(
        "returned",
        _("Sent back"),
        "sent_back_at",
        _sent_back,
        comes_from=State.RETURNED,
        reason="send back",
    ),
    Tab(
        "hidden",
        pgettext_lazy("stories", "Hidden"),
        "published_at",
        _hidden,
        comes_from=State.HIDDEN,
        handed_in=State.HIDDEN,
        reason="hide",
    ),
)
WAITING, CHANGES, THIS_WEEK, REPORTED = TABS[:4]
# In this order they ask for a reviewer. Somebody waits for what is due.
DUE = (WAITING, REPORTED, CHANGES)
ASKING = (*DUE, THIS_WEEK)


def tab_of(name: str) -> Tab:
    """The tab of that name. Raises Http404 for any other."""
    for tab in TABS:
        if tab.name == name:
            return tab
    raise Http404


def tab_for(story: Story) -> Tab:
    """Where a story in this state is looked for."""
    return next((tab for tab in TABS if tab.comes_from == story.state), WAITING)
