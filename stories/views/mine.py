"""One's own stories: drafts, under way, told, and those that celebrate oneself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from stories.models import Story
from stories.shelves import choose, own_shelves
from stories.voices import out_of_reach


@require_safe
def mine(request: Request) -> HttpResponse:
    """One shelf at a time. Unasked, the first with something on it."""
    asking = Story.objects.visible_to(request.user).waiting_for(request.user)
    waiting = set(asking.values_list("pk", flat=True))
    shelves = own_shelves(request.user, waiting)
    asked = request.GET.get("list")
    first = next((shelf for shelf in shelves if shelf.count), shelves[2])
    shelf = choose(shelves, asked) if asked is not None else first
    stories, after = shelf.page(request.GET.get("after", ""))
    context = {
        "shelves": shelves,
        "shelf": shelf,
        "stories": stories,
        "after": after,
        "waiting": waiting,
        "voices": out_of_reach(request.user),
    }
    return render(request, "stories/mine.html", context)
