"""The review page: a list of what waits, and one story of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.context import company_of
from accounts.requests import Request
from stories import access
from stories.cheering import attach_cheers
from stories.forms.named import well_formed
from stories.review.forms import decision_forms
from stories.review.opened import Opened, open_story
from stories.review.queue import Page, Queue, counts, due
from stories.review.standing_in import standing_in
from stories.review.tabs import ASKING, TABS, WAITING, Tab, tab_for
from stories.views.review.place import Place, reviewers_only


@dataclass(frozen=True, slots=True)
class Back:
    """What a refused decision brings back to the page: a sentence, the form as it was sent by the
    verb's name, and the note where there is no such form any more."""

    status: int = 200
    notice: str = ""
    forms: Mapping[str, Form] = field(default_factory=dict)
    typed: str = ""
    is_gone: bool = False


@require_safe
@vary_on_headers("HX-Request")
@reviewers_only
def review(request: Request) -> HttpResponse:
    """`?tab=` and `&after=` choose the list, `&story=` what is open; unasked, the first of it."""
    return review_page(request, Place.of(request.GET), request.GET.get("story", ""), Back())


def review_page(request: Request, place: Place | None, ref: str, back: Back) -> HttpResponse:
    """Draw the page, or for htmx the part of it that changes."""
    user = request.user
    refs = well_formed([ref]) if ref and not back.is_gone else set()
    opened = open_story(refs.pop(), user) if refs else None
    counted = counts(user)
    place = place or Place(_unasked(opened, counted))
    page = Queue(place.tab, user).page(place.after)
    is_missing = back.is_gone or bool(ref and opened is None)
    if opened is None and page.rows and not is_missing:
        opened = open_story(page.rows[0].story.ref, user)
    context: dict[str, object] = {
        "tabs": [{"tab": tab, "url": Place(tab).url(), "count": counted[tab.name]} for tab in TABS],
        "place": place,
        "page": page,
        "rows": [(row, place.url(row.story.ref)) for row in page.rows],
        "opened": opened,
        "is_chosen": bool(ref) or is_missing,
        "is_missing": is_missing,
        "list_url": place.url(),
        "older_url": place.url(after=page.after) if page.after else "",
        "is_first": not place.after,
        "first_url": Place(place.tab).url(),
        "due_count": due(counted),
        "is_review": True,
        "back": back,
        "has_any": any(counted.values()),
    }
    context |= _neighbours(place, page, opened)
    if not request.htmx:
        # Said above the part that changes.
        context["standing_in"] = standing_in(user, company_of(request))
    if opened:
        if access.may_cheer(user, opened.story):
            attach_cheers([opened.story], user)
        find = request.GET.get("find", "")
        context |= decision_forms(opened.story, user, opened.decisions, back.forms, find)
        context |= {
            "story": opened.story,
            "may": opened.may,
            "seen": opened.seen,
        }
    part = "stories/review.html#review" if request.htmx else "stories/review.html"
    # What was not found leaves htmx a part to show.
    is_not_found = is_missing and back.status == 200 and not request.htmx
    response = render(request, part, context, status=404 if is_not_found else back.status)
    if back.status >= 400:
        # The address of a decision cannot be opened.
        response["HX-Push-Url"] = "false"
    return response


def _unasked(opened: Opened | None, counted: Mapping[str, int]) -> Tab:
    """The tab of the open story, else the first with something in it that waits to be decided."""
    if opened:
        return tab_for(opened.story)
    return next((tab for tab in ASKING if counted[tab.name]), WAITING)


def _neighbours(place: Place, page: Page, opened: Opened | None) -> dict[str, object]:
    """The addresses of the story before the open one, and of the next: j and k lead there."""
    refs = [row.story.ref for row in page.rows]
    at = refs.index(opened.story.ref) if opened and opened.story.ref in refs else -1
    following = refs[at + 1] if at + 1 < len(refs) else ""
    later = place.url(after=page.after) if page.after and not following else ""
    return {
        "at": opened.story.ref if opened else "",
        "next_url": place.url(following) if following else later,
        "previous_url": place.url(refs[at - 1]) if at > 0 else "",
    }
