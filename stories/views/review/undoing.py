"""Taking a decision back, while its seconds last."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.requests import Request
from stories import access, decisions
from stories.models import Story
from stories.models.deeds import last_deed
from stories.models.reviewing import TooLateError
from stories.review.tabs import CHANGES, REPORTED, WAITING, Tab, tab_for
from stories.views.review.bulk import ticked
from stories.views.review.deciding import (
    nowhere,
    overtaken,
    refused_or_gone,
    reviews,
    seen_by,
    story_for,
)
from stories.views.review.place import Place, reviewers_only


@require_POST
def undo(request: Request, ref: str) -> HttpResponse:
    """Take back one's own decision, whose key is `deed`, and open the story again."""
    story = story_for(request, ref)
    if story is None:
        return nowhere(request)
    if not reviews(request.user, story):
        return refused_or_gone(request, story)
    try:
        story.undo(seen_by(request.POST.get("deed", "")), by=request.user)
    except PermissionDenied:
        return refused_or_gone(request, story)
    except TooLateError:
        too_late = _(
            "It is too late to take that back: its ten seconds are over, or the story has changed "
            "since."
        )
        return overtaken(request, story, None, notice=too_late)
    messages.success(request, _("Taken back. The story is as it was."))
    is_from_story = request.POST.get("at") == "story"
    if is_from_story and access.may_see(request.user, story):
        return redirect(story)
    return redirect(Place(_tab_of(story, request.user)).url(story.ref))


def _tab_of(story: Story, reviewer: User) -> Tab:
    """The list in which what was taken back is decided about again."""
    undone = last_deed(story)
    if undone is not None and undone.verb == "undo send edit back":
        return CHANGES
    is_reported = decisions.may_keep_as_it_is(reviewer, story)
    return REPORTED if is_reported else tab_for(story)


@require_POST
@reviewers_only
def undo_several(request: Request) -> HttpResponse:
    """Take back one's own decisions about several stories, each by itself: what is past undoing
    keeps none of the others."""
    outcomes = [_taken_back(story, deed, request) for story, deed in ticked(request)]
    done, left = outcomes.count(True), outcomes.count(False)
    if done:
        said = ngettext(
            "Taken back. %(n)s story is as it was.",
            "Taken back. %(n)s stories are as they were.",
            done,
        )
        messages.success(request, said % {"n": done})
    if left:
        said = ngettext(
            "It is too late to take %(n)s back: its ten seconds are over, or the story has changed "
            "since.",
            "It is too late to take %(n)s back: their ten seconds are over, or the stories have "
            "changed since.",
            left,
        )
        messages.warning(request, said % {"n": left})
    place = Place.of(request.POST) or Place(WAITING)
    return redirect(place.url())


def _taken_back(story: Story | None, deed: int, request: Request) -> bool:
    if story is None:
        return False
    try:
        story.undo(deed, by=request.user)
    except (PermissionDenied, TooLateError):
        return False
    return True
