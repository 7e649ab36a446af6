"""While a reviewer is away: who decides in their place."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import roles
from accounts.away_forms import AwayForm
from accounts.models import Delegation
from accounts.models.delegation import today
from accounts.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: Request) -> HttpResponse:
    """The days that are arranged, and the form for more; for those who review themselves."""
    if not roles.reviews_by_right(request.user):
        raise Http404
    form = AwayForm(request.POST if request.method == "POST" else None, reviewer=request.user)
    if form.is_valid():
        messages.success(request, _("Arranged."))
        return redirect("away")
    rows = request.user.delegations.filter(last_day__gte=today()).select_related("delegate")
    context = {"form": form, "arranged": rows.order_by("first_day", "pk")}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/away.html", context, status=status)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Take it back. One that has been taken back already stays so."""
    if not Delegation.objects.filter(pk=pk).exists():
        return redirect("away")
    get_object_or_404(request.user.delegations, pk=pk).end(by=request.user)
    messages.success(request, _("Taken back. You review for yourself again."))
    return redirect("away")
