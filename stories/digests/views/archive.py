"""Past editions in the browser."""

from datetime import date, datetime
from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from kudos.lib.cursor import Cursor, before
from stories.digests.access import may_run_the_desk
from stories.digests.archive import entries, picks_of, told
from stories.digests.models import Edition

EDITIONS_A_PAGE = 26
STORIES_A_PAGE = 20


@require_safe
def archive(request: Request) -> HttpResponse:
    """The editions that went out, newest first, half a year a page."""
    editions: QuerySet[Edition] = told().order_by("-cutoff_at", "-pk")
    if after := request.GET.get("after"):
        editions = before(editions, Cursor.parse(after), field="cutoff_at")
    page = list(editions[: EDITIONS_A_PAGE + 1])
    shown = page[:EDITIONS_A_PAGE]
    is_more = len(page) > EDITIONS_A_PAGE
    context = {
        "entries": entries(shown, request.user),
        "next": Cursor(shown[-1].cutoff_at, shown[-1].pk) if is_more else None,
        "is_first": not after,
        "may_run_the_desk": may_run_the_desk(request.user),
    }
    return render(request, "digests/archive.html", context)


@require_safe
def edition(request: Request, week_start: date) -> HttpResponse:
    """One edition: what it told first, then everything else of its weeks, page by page."""
    shown = get_object_or_404(told(), week_start=week_start)
    picks = picks_of([shown], request.user)
    rest = shown.others().visible_to(request.user)
    after = request.GET.get("after", "")
    if after:
        rest = before(rest, Cursor.parse(after), field="published_at")
    page = list(rest.with_card()[: STORIES_A_PAGE + 1])
    more = page[:STORIES_A_PAGE]
    is_more = len(page) > STORIES_A_PAGE
    context = {
        "edition": shown,
        "picks": [] if after else list(picks.order_by("pick__position").with_card()),
        "more": more,
        "next": Cursor(cast(datetime, more[-1].published_at), more[-1].pk) if is_more else None,
        "is_first": not after,
    }
    return render(request, "digests/edition.html", context)
