"""The desk: the next edition, what it tells, and how far it has got."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from accounts.requests import Request
from kudos.lib.text import one_line
from stories.digests.contents import Contents
from stories.digests.desk.adding import kept_out
from stories.digests.desk.arranging import STORIES_MOST
from stories.digests.desk.lineup import Placed, as_of_now, lineup, refs_of, spare
from stories.digests.desk.planning import upcoming
from stories.digests.desk.words import speaks_of_a_story_gone
from stories.digests.forms import WordsForm
from stories.digests.models import DeskMail, DeskMailKind, Edition, EditionState
from stories.digests.views.desk.common import edition_to_read
from stories.digests.views.desk.status import status_of

# Not `q`, which is the search of the whole feed on every page.
SEARCH = "find"
PLACES_MOST = 50
OPEN = (EditionState.PLANNED, EditionState.FROZEN)


@require_safe
def desk(request: Request) -> HttpResponse:
    """The next edition."""
    return desk_page(request, upcoming())


@require_safe
def stories(request: Request, week_start: date) -> HttpResponse:
    """The stories that could be added, as they are looked for, for a page that is open: it may be
    about an edition that has left since. The page says which ones it shows: to choose them anew
    takes a second or two among thousands of stories."""
    shown = request.GET.getlist("story")[:PLACES_MOST]
    context = spare_context(request, edition_to_read(week_start), shown)
    return render(request, "digests/desk.html#spare_list", context)


def desk_page(
    request: Request, edition: Edition, *, words: WordsForm | None = None, status: int = 200
) -> HttpResponse:
    """The whole page, with the form as it was typed where something in it has to be looked at."""
    context = lineup_context(request, edition) | test_context(request, edition)
    words = words or WordsForm.of(edition)
    # As a help text it is tied to its field.
    words.fields["subject"].help_text = context["automatic_subject"]
    context |= {
        "words": words,
        "is_story_gone": speaks_of_a_story_gone(edition),
        "before": Edition.objects.begun().exclude(pk=edition.pk).order_by("-week_start").first(),
    }
    return render(request, "digests/desk.html", context, status=status)


def lineup_context(request: Request, edition: Edition) -> dict[str, Any]:
    """The stories in their order, those that could be added, and what follows from them: the
    subject, and whether anything leaves."""
    # What it covers is asked once.
    edition = as_of_now(edition)
    placed = lineup(edition)
    return spare_context(request, edition, refs_of(placed)) | {
        "placed": placed,
        "status": status_of(edition, has_stories=bool(placed)),
        "may_take_out": edition.state in (*OPEN, EditionState.SENDING),
        "is_planned": edition.state == EditionState.PLANNED,
        "automatic_subject": automatic_subject(edition, placed),
    }


def spare_context(request: Request, edition: Edition, shown: list[str]) -> dict[str, Any]:
    """The stories that could be added to those `shown`, references, and those that somebody looks
    for in vain."""
    # A button sends along what was looked for when it was pressed.
    search = one_line(request.GET.get(SEARCH) or request.POST.get(SEARCH, ""))
    may_arrange = edition.state in OPEN and not edition.is_departing
    return {
        "edition": edition,
        "search": search,
        "may_arrange": may_arrange,
        "is_full": len(shown) >= STORIES_MOST,
        "most": STORIES_MOST,
        "spare": spare(edition, shown, search) if may_arrange else [],
        "kept_out": kept_out(edition, shown, search) if may_arrange and search else [],
    }


def automatic_subject(edition: Edition, placed: list[Placed]) -> SafeString:
    """The one that the mail carries where no culture lead has written another; of an edition as of
    now."""
    bare = copy(edition)
    bare.own_subject = ""
    subject = Contents(bare, [place.story for place in placed]).subject()
    return format_html("<bdi>{}</bdi>", subject)


def test_context(request: Request, edition: Edition) -> dict[str, Any]:
    """What became of the last test that this culture lead asked for."""
    mails = DeskMail.objects.filter(
        edition_id=edition.pk, person=request.user, kind=DeskMailKind.TEST
    )
    newest = mails.order_by("-created_at", "-pk").first() if edition.pk else None
    return {"edition": edition, "test": newest}


@require_safe
def progress(request: Request, week_start: date) -> HttpResponse:
    """How far it has got, for a page that is open. Where something has changed that the rest of
    the status tells of, all of the status takes its place."""
    status = status_of(edition_to_read(week_start))
    context = {"edition": status.edition, "status": status}
    if request.GET.get("seen") == status.seen:
        return render(request, "digests/_desk_status.html#progress", context)
    context["said"] = status.said
    response = render(request, "digests/_desk_status.html", context)
    return reswap(retarget(response, "#status"), "outerHTML")
