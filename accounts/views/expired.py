"""A form whose page was open for too long."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import kept


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what happened and hand the text back to be copied.

    Only to a form of our own pages: another site could otherwise put words on this one.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin" and kept.is_keepable(request)
    context = {"written": kept.prose(kept.fields_of(request)) if ours else ""}
    return render(request, "accounts/expired.html", context, status=403)
