"""The feed, its filters and search, and the notice of what has come since."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.context import company_of
from accounts.requests import Request
from kudos.lib.cursor import Cursor
from stories.feed import Filters, Page, count_news, cursor_of, read_page
from stories.filtering import Choices, FilterForm
from stories.week import customers_this_month, this_week


@require_safe
@vary_on_headers("HX-Request")
def feed(request: Request) -> HttpResponse:
    """The company's stories, newest first; with `q`, the best found first."""
    filters = Filters.parse(request.GET)
    after = request.GET.get("after", "")
    choices = Choices.read(filters)
    chips = choices.chips(filters)
    page = read_page(filters, request.user, after)
    context: dict[str, object] = {
        "page": page,
        "filters": filters,
        "older_url": filters.to_querystring(after=page.after),
        "is_first": not after,
    }
    if request.htmx:
        return render(request, "stories/feed.html#page", context)
    company = company_of(request)
    context |= {
        "chips": chips,
        "groups": choices.group_links(filters),
        "everyone_url": filters.without("group").to_querystring(),
        "everything_url": filters.without("q").to_querystring() if filters.q else "?",
        "form": FilterForm(filters, choices, company),
        "company": company,
        "week": this_week(),
        "month": customers_this_month(choices.groups),
        "news_url": _news_url(filters, page) if not (after or filters.q) else "",
    }
    return render(request, "stories/feed.html", context)


@require_safe
def news(request: Request) -> HttpResponse:
    """How many stories came since the one on top, as a link; 204 where nothing is new to say."""
    filters = Filters.parse(request.GET)
    since = request.GET.get("since", "")
    count = count_news(filters, Cursor.parse(since))
    if str(count) == request.GET.get("seen", "0"):
        return HttpResponse(status=204)
    context = {
        "news": count,
        "news_url": filters.to_querystring(since=since, seen=count),
        "newest_url": filters.to_querystring(),
    }
    return render(request, "stories/feed.html#news", context)


def _news_url(filters: Filters, page: Page) -> str:
    top = cursor_of(page.newest) if page.newest else Cursor(timezone.now(), 1)
    return filters.to_querystring(since=top)
