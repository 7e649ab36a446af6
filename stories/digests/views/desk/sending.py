"""Letting an edition go, holding it, giving it up, and sending again what did not arrive."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from stories.digests.desk import departing
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.mails import send_test
from stories.digests.desk.resending import Which
from stories.digests.desk.resending import resend as send_again
from stories.digests.forms import AbortForm
from stories.digests.models import Edition, EditionState
from stories.digests.views.desk.common import (
    edition_to_change,
    edition_to_read,
    refusal,
    tell,
    to_desk,
)
from stories.digests.views.desk.page import test_context
from stories.digests.views.desk.status import status_of

OVER = (EditionState.SENT, EditionState.ABORTED)
WHICH: dict[str, Which] = {"failed": "failed", "uncertain": "uncertain"}


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: Request, week_start: date) -> HttpResponse:
    """A POST sends the edition to oneself, as it would leave now; a GET says what became of it."""
    edition, refused = edition_to_read(week_start), ""
    if request.method == "POST":
        edition = edition_to_change(week_start)
        refused = refusal(lambda: send_test(edition, by=request.user))
    if not request.htmx:
        if refused:
            tell(request, refused, "", "test")
        return to_desk("test")
    context = test_context(request, edition) | {"refused": refused}
    return render(request, "digests/desk.html#test", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send_now(request: Request, week_start: date) -> HttpResponse:
    """What sending the edition at once means, and the button that does it. What was seen on this
    page is what leaves: where it has changed meanwhile, the page asks once more."""
    refused = ""
    if request.method == "POST":
        stored, agreed = edition_to_change(week_start), request.POST.get("agreed", "")
        refused = refusal(lambda: departing.send_now(stored, agreed=agreed, by=request.user))
        if not refused:
            messages.success(
                request, _("It leaves once everybody’s copy is made. That goes by itself.")
            )
            return to_desk()
    edition = edition_to_read(week_start)
    try:
        leaving = departing.departure(edition)
    except DeskError as error:
        messages.error(request, str(error))
        return to_desk()
    context = {"edition": edition, "leaving": leaving, "refused": refused}
    context["status"] = status_of(edition, has_stories=bool(leaving.stories))
    return render(request, "digests/desk_send_now.html", context, status=422 if refused else 200)


@require_POST
def freeze(request: Request, week_start: date) -> HttpResponse:
    edition = edition_to_change(week_start)
    refused = refusal(lambda: freeze_now(edition, by=request.user))
    if edition.paused_at:
        tell(request, refused, _("Its stories are fixed. It is paused: let it go on, or it stays."))
    else:
        tell(request, refused, _("Its stories are fixed. It leaves at its hour."))
    return to_desk()


@require_POST
def pause(request: Request, week_start: date) -> HttpResponse:
    """Hold what has not left. Holding what is held already does no harm."""
    edition = edition_to_change(week_start)
    return _status(request, edition, lambda: edition.pause(by=request.user, note=""))


@require_POST
def resume(request: Request, week_start: date) -> HttpResponse:
    edition = edition_to_change(week_start)
    return _status(request, edition, lambda: edition.resume(by=request.user))


def _status(request: Request, edition: Edition, verb: Callable[[], object]) -> HttpResponse:
    """The status as it is now, or without htmx the page that shows it."""
    verb()
    if not request.htmx:
        return to_desk("status")
    edition.refresh_from_db()
    status = status_of(edition)
    context = {"edition": edition, "status": status, "said": status.said}
    return render(request, "digests/_desk_status.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def abort(request: Request, week_start: date) -> HttpResponse:
    """What giving the edition up means, and the form that does it. A page left open may ask for
    it when there is nothing to give up any more."""
    edition = edition_to_read(week_start)
    if edition.state in OVER:
        return _over(request)
    form = AbortForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not edition_to_change(week_start).abort(by=request.user, note=form.cleaned_data["note"]):
            return _over(request)
        messages.success(request, _given_up(edition))
        return to_desk()
    context = {"edition": edition, "form": form, "status": status_of(edition)}
    status = 422 if form.errors else 200
    return render(request, "digests/desk_abort.html", context, status=status)


def _over(request: Request) -> HttpResponse:
    messages.error(request, _("This edition was over already."))
    return to_desk()


def _given_up(edition: Edition) -> str:
    if status_of(edition).is_received:
        return _("Given up. Nobody else gets it; its stories are not told again.")
    return _("Given up. The next edition covers its stories.")


@require_POST
def resend(request: Request, week_start: date, which: str) -> HttpResponse:
    """Send again all that failed, or all of which nobody knows."""
    if which not in WHICH:
        raise Http404
    edition = edition_to_change(week_start)
    copies: list[int] = []
    refused = refusal(lambda: copies.append(send_again(edition, WHICH[which], by=request.user)))
    tell(request, refused, _resent(sum(copies), is_held=edition.paused_at is not None))
    return redirect("digest:desk_edition", week_start)


def _resent(copies: int, *, is_held: bool) -> str:
    if not copies:
        return _("There was nothing to send again.")
    if is_held:
        text = ngettext(
            "%(count)d copy leaves again once the edition goes on.",
            "%(count)d copies leave again once the edition goes on.",
            copies,
        )
    else:
        text = ngettext("%(count)d copy leaves again.", "%(count)d copies leave again.", copies)
    return text % {"count": copies}
