"""The manager's page: the people of their team, and the month's stories to print."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import roles
from accounts.context import company_of
from accounts.requests import Request
from kudos.lib.month import Month
from stories import team_sheet
from stories.team import Team

LISTS = ("everybody", "not-celebrated-lately")
QUIET_SHOWN = 6


@require_safe
def team(request: Request) -> HttpResponse:
    """Everybody who reports to the reader, or those not celebrated lately, by name."""
    own = _team_of(request)
    chosen = request.GET.get("list", LISTS[0])
    if chosen not in LISTS:
        raise Http404
    quiet = own.not_celebrated_lately()
    is_everybody = chosen == LISTS[0]
    after = request.GET.get("after", "")
    first_quiet = list(quiet[: QUIET_SHOWN + 1])
    context = {
        "page": own.page(own.people if is_everybody else quiet, after),
        "chosen": chosen,
        "is_everybody": is_everybody,
        "is_first": not after,
        "quiet": first_quiet[:QUIET_SHOWN],
        "has_more_quiet": len(first_quiet) > QUIET_SHOWN,
        "has_stories": own.has_stories(),
    }
    return render(request, "stories/team.html", context)


@require_safe
def sheet(request: Request) -> HttpResponse:
    """The stories of one month (`?month=2026-11`; unasked, of this one), person by person."""
    own = _team_of(request)
    company = company_of(request)
    now = team_sheet.this_month(company)
    asked = request.GET.get("month", str(now))
    try:
        month = Month.parse(asked)
    except ValueError:
        context: dict[str, object] = {"unknown": asked, "months": team_sheet.offered(now, now)}
        return render(request, "stories/team_sheet.html", context, status=404)
    context = {
        "month": month,
        "months": team_sheet.offered(month, now),
        "page": team_sheet.sheet(own, month, company, request.GET.get("after", "")),
        "is_first": not request.GET.get("after"),
        "is_over": month < now,
    }
    return render(request, "stories/team_sheet.html", context)


def _team_of(request: Request) -> Team:
    """The reader's team. Whoever has none finds no such page."""
    if not roles.is_manager(request.user):
        raise Http404
    return Team(request.user)
