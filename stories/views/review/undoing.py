"""Taking a decision back, while its seconds last."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories import access
from stories.models.reviewing import TooLateError
from stories.review.tabs import tab_for
from stories.views.review.deciding import (
    nowhere,
    overtaken,
    refused_or_gone,
    reviews,
    seen_by,
    story_for,
)
from stories.views.review.place import Place


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
    return redirect(Place(tab_for(story)).url(story.ref))
