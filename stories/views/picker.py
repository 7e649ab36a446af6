"""The people picker's answers while somebody types."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.people import SHORTEST
from accounts.requests import Request
from kudos.lib.text import one_line
from stories.forms.named import PICKERS, well_formed
from stories.views.composer import look_for


@require_safe
def people(request: Request) -> HttpResponse:
    """Options for `q`, without whom `nominees` and `helping_hands` name already."""
    name = request.GET.get("field", PICKERS[0])
    if name not in PICKERS:
        raise Http404
    query = one_line(request.GET.get("q", ""))
    picked = well_formed(ref for field in PICKERS for ref in request.GET.getlist(field))
    found = look_for(query, request.user, picked)
    context = {
        "name": name,
        "query": query if len(query) >= SHORTEST else "",
        "people": found.people,
        "only_oneself": found.only_oneself,
        "action": reverse("compose"),
    }
    return render(request, "stories/_found.html", context)
