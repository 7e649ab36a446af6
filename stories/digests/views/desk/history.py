"""What was done at the desk, by whom, when and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from stories.digests.desk.history import deeds


@require_safe
def history(request: Request) -> HttpResponse:
    """Newest first, 50 a page."""
    after = request.GET.get("after", "")
    shown, following = deeds(after, reader=request.user)
    context = {"deeds": shown, "next": following, "is_first": not after}
    return render(request, "digests/desk_history.html", context)
