"""Cheering a story, and taking a cheer back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories import access
from stories.cheering import attach_cheers, set_cheer
from stories.models import CheerKind, Story


@require_POST
def cheer(request: Request, ref: str, kind: str) -> HttpResponse:
    """`pressed=1` sets this kind, replacing another; `pressed=0` takes it back."""
    if kind not in CheerKind:
        raise Http404
    pressed = request.POST.get("pressed")
    if pressed not in {"0", "1"}:
        return HttpResponseBadRequest(_("Say pressed=1 or pressed=0."))
    story = get_object_or_404(Story.objects.visible_to(request.user), ref=ref)
    if not access.may_cheer(request.user, story):
        raise PermissionDenied(_("Cheers begin when the story is published."))
    set_cheer(story, request.user, CheerKind(kind), pressed=pressed == "1")
    if request.htmx:
        attach_cheers([story], request.user)
        context = {"story": story, "landed": kind if pressed == "1" else ""}
        return render(request, "stories/_card.html#cheers", context)
    return redirect(_came_from(request, story))


def _came_from(request: Request, story: Story) -> str:
    """The page that the button stood on, at this story."""
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return f"{page.partition('#')[0]}#story-{story.ref}"
    return story.get_absolute_url()
