"""The next edition as any colleague would get it."""

import logging
import re
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.requests import Request
from stories.digests.desk.lineup import is_quiet
from stories.digests.desk.planning import upcoming
from stories.digests.models import Edition
from stories.digests.preview import preview_parts
from stories.digests.views.desk.colleagues import Search

logger = logging.getLogger(__name__)

# A frame has the theme of the screen. Another one is had by deciding what the mail asks.
DARK = re.compile(r"\(prefers-color-scheme:\s*dark\)")
THEMES = {"light": "not all", "dark": "all"}
# What an address may ask for; "" is what is shown unasked: the mail, as wide as the page, in the
# theme of the screen.
CHOICES = {"part": ("", "text", "headers"), "width": ("", "320", "600"), "theme": ("", *THEMES)}
KILOBYTES_MAX = 90
WITH_FRAME: Mapping[str, Sequence[str]] = {**settings.SECURE_CSP, "frame-src": [CSP.SELF]}
# The named exception of architecture.md, rule 13: a mail brings its own styles. Nothing runs in
# it, nothing is fetched, and what it links to opens elsewhere.
OF_A_MAIL: Mapping[str, Sequence[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@require_safe
@vary_on_headers("HX-Request")
@csp_override(WITH_FRAME)
def preview(request: Request) -> HttpResponse:
    """One part of one colleague's copy; one's own where nobody is chosen. Asked by htmx, the
    colleagues found."""
    found = {"search": Search.of(request), "leads_to": "preview"}
    if request.htmx:
        return render(request, "digests/_colleagues.html#found", found)
    shown = {name: _choice(request, name) for name in CHOICES}
    person = _colleague(request.GET.get("person") or request.user.ref)
    edition = upcoming()
    context = found | shown | {"person": person, "edition": edition, "most": KILOBYTES_MAX}
    context["is_quiet"] = is_quiet(edition)
    if person.email and not context["is_quiet"]:
        context |= _made(person, edition)
    return render(request, "digests/desk_preview.html", context)


@require_safe
@xframe_options_sameorigin
@csp_override(OF_A_MAIL)
def html(request: Request, ref: str) -> HttpResponse:
    """The mail alone, for the frame. Its links open in a window of their own."""
    person = _colleague(ref)
    if not person.email:
        raise Http404
    mail = preview_parts(person, upcoming()).html
    if theme := _choice(request, "theme"):
        mail = DARK.sub(THEMES[theme], mail)
    return HttpResponse(mail.replace("<head>", '<head><base target="_blank">', 1))


def _choice(request: Request, name: str) -> str:
    """What is asked for, "" for nothing. Raises Http404 for what there is not."""
    chosen = request.GET.get(name, "")
    if chosen not in CHOICES[name]:
        raise Http404
    return chosen


def _made(person: User, edition: Edition) -> dict[str, object]:
    """The copy and its subject; where it cannot be made, why not: here is where a culture lead
    finds that out before anybody's copy leaves."""
    try:
        parts = preview_parts(person, edition)
    except Exception as error:
        logger.exception("No copy of the edition of %s for %s.", edition.week_start, person.ref)
        return {"failure": f"{type(error).__name__}: {error}"}
    return {
        "copy": parts,
        "subject": dict(parts.headers)["Subject"],
        "size": -(-parts.size // 1000),
    }


def _colleague(ref: str) -> User:
    here = User.objects.filter(is_active=True).select_related("department")
    return get_object_or_404(here, ref=ref)
