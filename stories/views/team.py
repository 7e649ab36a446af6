"""The manager's page: the people of their team."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import roles
from accounts.requests import Request
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


def _team_of(request: Request) -> Team:
    """The reader's team. Whoever has none finds no such page."""
    if not roles.is_manager(request.user):
        raise Http404
    return Team(request.user)
