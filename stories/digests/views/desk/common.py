"""What the desk's views share: which edition and story an address names, and what a refusal
becomes."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.requests import Request
from stories.digests.access import may_run_the_desk
from stories.digests.desk.errors import DeskError
from stories.digests.desk.planning import next_edition, upcoming
from stories.digests.models import Edition

type View = Callable[..., HttpResponse]


def culture_leads_only(view: View) -> View:
    """For everybody else there is no such address."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_run_the_desk(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def edition_to_read(week_start: date) -> Edition:
    """The edition of that week, also the coming one where it is not stored yet."""
    coming = upcoming()
    if coming.week_start == week_start:
        return coming
    return get_object_or_404(Edition, week_start=week_start)


def edition_to_change(week_start: date) -> Edition:
    """The edition of that week, stored. Verbs name theirs in the address: one page may be open
    while another week begins."""
    edition = edition_to_read(week_start)
    return edition if edition.pk else next_edition()


def refusal(verb: Callable[[], object]) -> str:
    """Call the verb; "" where it did what it was asked to, else the sentence that says why not."""
    try:
        verb()
    except DeskError as error:
        return str(error)
    return ""


def tell(request: Request, refused: str, done: str, part: str = "") -> None:
    """Say on the next page what was refused, else what was done: in the part of the desk at which
    its reader lands, or at its top."""
    if refused:
        messages.error(request, refused, extra_tags=part)
    else:
        messages.success(request, done, extra_tags=part)


def to_desk(part: str = "") -> HttpResponse:
    """To the desk, at the part of the page that was acted on."""
    return redirect(reverse("digest:desk") + (f"#{part}" if part else ""))
