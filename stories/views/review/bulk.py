"""Several stories at once, for the decisions that do no harm: each is decided by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import History, User
from accounts.requests import Request
from stories.forms.named import well_formed
from stories.models import State, Story
from stories.models.deeds import DecidedError, last_deed
from stories.models.reviewing import UNDO_WINDOW
from stories.review.opened import REVIEWED
from stories.review.queue import HANDED_MOST, PAGE_SIZE
from stories.review.sentences import who_did_what
from stories.review.tabs import THIS_WEEK, WAITING, Tab
from stories.views.review.deciding import seen_by
from stories.views.review.place import Place, reviewers_only

TICKED_MOST = HANDED_MOST + PAGE_SIZE


# As for one decision, and how much of the window a slow line may take.
OFFERED, SLOW_LINE = timedelta(seconds=10), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one of them: `why` it was left out, else "", and what takes it back until
    when, as the form to undo names it."""

    why: str = ""
    undo: str = ""
    until: datetime | None = None


@require_POST
@reviewers_only
def publish(request: Request) -> HttpResponse:
    """Publish those that are ticked under Waiting."""
    outcomes = _each(request, Story.publish)
    done = _count(outcomes)
    said = ngettext("%(n)s story published.", "%(n)s stories published.", done)
    return _back(request, outcomes, said % {"n": done}, WAITING)


@require_POST
@reviewers_only
def look(request: Request) -> HttpResponse:
    """Clear those that are ticked from This week."""
    outcomes = _each(request, Story.look)
    done = _count(outcomes)
    said = ngettext("%(n)s story looked at.", "%(n)s stories looked at.", done)
    return _back(request, outcomes, said % {"n": done}, THIS_WEEK)


def _each(request: Request, verb: Callable[..., None]) -> list[Done]:
    return [_one(request.user, verb, story, seen) for story, seen in ticked(request)]


def _count(outcomes: list[Done]) -> int:
    return sum(not outcome.why for outcome in outcomes)


def ticked(request: Request) -> Iterator[tuple[Story | None, int]]:
    """The stories that a form names, each as `reference:key` of a row of its history; None for one
    that is not theirs."""
    named = dict(each.partition(":")[::2] for each in request.POST.getlist("story"))
    refs = well_formed(list(named)[:TICKED_MOST])
    theirs = Story.objects.reviewable_by(request.user).filter(state__in=REVIEWED, ref__in=refs)
    found = {story.ref: story for story in theirs}
    for ref in named:
        if ref in refs:
            yield found.get(ref), seen_by(named[ref])


def _one(by: User, verb: Callable[..., None], story: Story | None, seen: int) -> Done:
    """Decide about one."""
    if story is None:
        return Done(_("One is not here any more."))
    try:
        verb(story, by=by, seen=seen)
    except DecidedError as error:
        deed = error.deed
    except PermissionDenied:
        story.refresh_from_db()
        newest = last_deed(story)
        if newest is None:
            return Done(_("One is not here any more."))
        deed = newest
    else:
        return _done(story, by)
    said = {"headline": _read_last(story, deed), "why": who_did_what(deed)}
    return Done(_("“%(headline)s”: %(why)s") % said)


def _done(story: Story, by: User) -> Done:
    story.refresh_from_db()
    deed = last_deed(story)
    if deed is None or not story.may_be_undone(deed, by):
        return Done()
    return Done(undo=f"{story.ref}:{deed.pk}", until=deed.at + UNDO_WINDOW)


def _read_last(story: Story, deed: History) -> str:
    """Its headline as reviewers read it: what a teller writes in a story that they got back, whose
    newest deed keeps what it said then, is theirs alone."""
    if story.state == State.RETURNED:
        return str(deed.before.get("headline", ""))
    return story.headline


def _back(request: Request, outcomes: list[Done], said: str, tab: Tab) -> HttpResponse:
    left_out = [outcome.why for outcome in outcomes if outcome.why]
    place = Place.of(request.POST) or Place(tab)
    if _count(outcomes):
        messages.success(request, said, extra_tags=_tags(outcomes, place))
    if left_out:
        said = ngettext("%(n)s was left out.", "%(n)s were left out.", len(left_out))
        messages.warning(request, " ".join([said % {"n": len(left_out)}, *left_out]))
    elif not outcomes:
        messages.warning(request, _("Tick the stories first."))
    return redirect(place.url())


def _tags(outcomes: list[Done], place: Place) -> str:
    """What the message offers to take back, and for how many milliseconds: many take a while to
    decide about, and none is offered once the first of them is past undoing."""
    ends = [outcome.until for outcome in outcomes if outcome.until]
    left = min(OFFERED, min(ends) - SLOW_LINE - timezone.now()) if ends else timedelta()
    if left <= timedelta():
        return ""
    undo = [outcome.undo for outcome in outcomes if outcome.undo]
    return " ".join(["undo-several", place.tab.name, str(left // timedelta(milliseconds=1)), *undo])
