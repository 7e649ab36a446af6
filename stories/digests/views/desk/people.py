""" "Why did I not get it?": one person's copies, and what can be done about them."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from accounts.requests import Request
from stories.digests.desk.resending import may_resend, resend_to
from stories.digests.desk.suppressing import lift_suppression
from stories.digests.desk.timeline import Answer, answers, today
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState, Suppression
from stories.digests.readers import subscribed
from stories.digests.views.desk.colleagues import Search
from stories.digests.views.desk.common import refusal, tell

EDITIONS_SHOWN = 8
ARRIVED_OR_LEAVING = (
    DeliveryState.PENDING,
    DeliveryState.SENDING,
    DeliveryState.SENT,
    DeliveryState.RETRY,
)


@require_safe
@vary_on_headers("HX-Request")
def people(request: Request) -> HttpResponse:
    """Whom it is about. Asked by htmx, the colleagues found."""
    context = {"search": Search.of(request)}
    template = "digests/_colleagues.html#found" if request.htmx else "digests/desk_people.html"
    return render(request, template, context)


@require_safe
def person(request: Request, ref: str) -> HttpResponse:
    """Whether this person gets the digest today, and what became of their copies of the last
    editions, leavers' included."""
    shown = _person(ref)
    editions = Edition.objects.exclude(state=EditionState.PLANNED).order_by("-week_start")
    answered = answers(shown, list(editions[:EDITIONS_SHOWN]))
    address = (shown.email or "").lower()
    suppression = Suppression.objects.filter(address=address).first()
    may_get = suppression is None and subscribed().filter(pk=shown.pk).exists()
    context = {
        "person": shown,
        "today": today(shown, is_suppressed=suppression is not None),
        "answers": answered,
        "may_resend": may_get and bool(answered) and _may_resend(answered[0]),
        "suppression": suppression,
    }
    return render(request, "digests/desk_person.html", context)


@require_POST
def resend(request: Request, ref: str, week_start: date) -> HttpResponse:
    """Send this one copy again."""
    copies = Delivery.objects.select_related("edition", "person")
    copy = get_object_or_404(copies, person__ref=ref, edition__week_start=week_start)
    refused = refusal(lambda: resend_to(copy, by=request.user))
    if copy.edition.paused_at:
        tell(request, refused, _("Their copy leaves again once the edition goes on."))
    else:
        tell(request, refused, _("Their copy leaves again."))
    return redirect("digest:desk_person", ref)


@require_POST
def lift(request: Request, ref: str) -> HttpResponse:
    """Send to this person's address again."""
    address = (_person(ref).email or "").lower()
    suppression = Suppression.objects.filter(address=address).first()
    if suppression is not None:
        lift_suppression(suppression, by=request.user)
    messages.success(request, _("The digest goes to their address again."))
    return redirect("digest:desk_person", ref)


def _person(ref: str) -> User:
    return get_object_or_404(User.objects.select_related("department"), ref=ref)


def _may_resend(answer: Answer) -> bool:
    """Whether the button makes sense; the verb itself has the last word."""
    copy = answer.delivery
    is_settled = copy is not None and copy.state not in ARRIVED_OR_LEAVING
    return is_settled and may_resend(answer.edition)
