"""What a story said before, and what was changed from one version to the next."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from stories import access, replay
from stories.comparison import parts
from stories.models import Story


@require_safe
def versions(request: Request, ref: str) -> HttpResponse:
    """One version (`?version=`, from 1 on; else the newest) beside the one before it."""
    story = get_object_or_404(Story.objects.visible_to(request.user).with_card(), ref=ref)
    if not access.may_read_history(request.user, story):
        raise Http404
    told = replay.versions(story)
    number = _number(request.GET.get("version", str(len(told))), most=len(told))
    shown, before = told[number - 1], told[max(number - 2, 0)]
    compared = parts(before.told, shown.told)
    # The first has nothing to be compared with: the whole of it is shown.
    changed = [part for part in compared if part.is_changed or number == 1]
    context = {
        "story": story,
        "versions": told,
        "number": number,
        "before": number - 1,
        "after": number + 1 if number < len(told) else None,
        "parts": changed,
        "same": [part for part in compared if part not in changed],
    }
    return render(request, "stories/versions.html", context)


def _number(typed: str, *, most: int) -> int:
    """Raises Http404 where there is no version of this number."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))):
        raise Http404
    number = int(typed)
    if not 1 <= number <= most:
        raise Http404
    return number
