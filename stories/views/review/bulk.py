"""Several stories at once, for the decisions that do no harm: each is decided by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import History, User
from accounts.requests import Request
from stories.forms.named import well_formed
from stories.models import State, Story
from stories.models.deeds import DecidedError, last_deed
from stories.review.opened import REVIEWED
from stories.review.queue import HANDED_MOST, PAGE_SIZE
from stories.review.sentences import who_did_what
from stories.review.tabs import tab_of
from stories.views.review.deciding import seen_by
from stories.views.review.place import Place, reviewers_only

TICKED_MOST = HANDED_MOST + PAGE_SIZE


@require_POST
@reviewers_only
def publish(request: Request) -> HttpResponse:
    """Publish those that are ticked under Waiting."""
    left_out, done = _each(request, Story.publish)
    if done:
        said = ngettext("%(n)s story published.", "%(n)s stories published.", done)
        messages.success(request, said % {"n": done})
    return _back(request, left_out, done, "waiting")


@require_POST
@reviewers_only
def look(request: Request) -> HttpResponse:
    """Clear those that are ticked from This week."""
    left_out, done = _each(request, Story.look)
    if done:
        said = ngettext("%(n)s story looked at.", "%(n)s stories looked at.", done)
        messages.success(request, said % {"n": done})
    return _back(request, left_out, done, "week")


def _each(request: Request, verb: Callable[..., None]) -> tuple[list[str], int]:
    """Why some were left out, a sentence each, and how many were not."""
    outcomes = [_one(request.user, verb, story, seen) for story, seen in _ticked(request)]
    left_out = [why for why in outcomes if why]
    return left_out, len(outcomes) - len(left_out)


def _ticked(request: Request) -> Iterator[tuple[Story | None, int]]:
    """The stories that were ticked, each as `reference:seen`; None for one that is not theirs."""
    ticked = dict(each.partition(":")[::2] for each in request.POST.getlist("story"))
    refs = well_formed(list(ticked)[:TICKED_MOST])
    theirs = Story.objects.reviewable_by(request.user).filter(state__in=REVIEWED, ref__in=refs)
    found = {story.ref: story for story in theirs}
    for ref in ticked:
        if ref in refs:
            yield found.get(ref), seen_by(ticked[ref])


def _one(by: User, verb: Callable[..., None], story: Story | None, seen: int) -> str:
    """Decide about one; "" where it is done, else why not."""
    if story is None:
        return _("One is not here any more.")
    try:
        verb(story, by=by, seen=seen)
    except DecidedError as error:
        deed = error.deed
    except PermissionDenied:
        story.refresh_from_db()
        newest = last_deed(story)
        if newest is None:
            return _("One is not here any more.")
        deed = newest
    else:
        return ""
    said = {"headline": _read_last(story, deed), "why": who_did_what(deed)}
    return _("“%(headline)s”: %(why)s") % said


def _read_last(story: Story, deed: History) -> str:
    """Its headline as reviewers read it: what a teller writes in a story that they got back, whose
    newest deed keeps what it said then, is theirs alone."""
    if story.state == State.RETURNED:
        return str(deed.before.get("headline", ""))
    return story.headline


def _back(request: Request, left_out: list[str], done: int, tab: str) -> HttpResponse:
    if left_out:
        said = ngettext("%(n)s was left out.", "%(n)s were left out.", len(left_out))
        messages.warning(request, " ".join([said % {"n": len(left_out)}, *left_out]))
    elif not done:
        messages.warning(request, _("Tick the stories first."))
    place = Place.of(request.POST) or Place(tab_of(tab))
    return redirect(place.url())
