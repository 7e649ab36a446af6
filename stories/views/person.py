"""A colleague: what they were celebrated for, told and helped with."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import Request
from stories.shelves import choose, shelves_of


@require_safe
def person(request: Request, ref: str) -> HttpResponse:
    """One shelf at a time, of what the reader may see. Leavers keep their page."""
    shown = get_object_or_404(User.objects.select_related("department"), ref=ref)
    shelves = shelves_of(shown, request.user)
    shelf = choose(shelves, request.GET.get("list", "celebrated"))
    stories, after = shelf.page(request.GET.get("after", ""))
    context = {
        "person": shown,
        "is_self": shown.pk == request.user.pk,
        "shelves": shelves,
        "shelf": shelf,
        "stories": stories,
        "after": after,
    }
    return render(request, "stories/person.html", context)
