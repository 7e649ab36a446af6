"""The people picker's answers while somebody types."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.people import SHORTEST, colleagues
from accounts.requests import Request
from kudos.lib.text import one_line
from stories.forms.named import PICKERS, well_formed


@require_safe
def people(request: Request) -> HttpResponse:
    """Options for `q`, without whom `nominees` and `helping_hands` name already."""
    name = request.GET.get("field", PICKERS[0])
    if name not in PICKERS:
        raise Http404
    query = one_line(request.GET.get("q", ""))
    picked = well_formed(ref for field in PICKERS for ref in request.GET.getlist(field))
    context = {
        "name": name,
        "query": query if len(query) >= SHORTEST else "",
        "people": colleagues(query, exclude={request.user.ref, *picked}),
        "action": reverse("compose"),
    }
    return render(request, "stories/_found.html", context)
