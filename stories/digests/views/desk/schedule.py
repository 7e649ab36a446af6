"""The company's schedule of the digest."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.context import company_of
from accounts.requests import Request
from stories.digests.desk.places import first_place
from stories.digests.desk.planning import upcoming
from stories.digests.desk.rescheduling import outcome_of
from stories.digests.forms import ScheduleForm
from stories.digests.views.desk.status import status_of


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: Request) -> HttpResponse:
    """The form. It works on a copy of the company, whose name and zone the page itself shows. What
    would happen at once is asked about first: what was agreed to is what happens."""
    company = copy(company_of(request))
    form = ScheduleForm(request.POST if request.method == "POST" else None, instance=company)
    if form.is_valid():
        outcome = outcome_of(company)
        if outcome and request.POST.get("agreed") != outcome:
            context = {"form": form, "outcome": outcome}
            return render(request, "digests/desk_schedule_sure.html", context)
        form.save_by(request.user)
        messages.success(request, _("Saved."))
        return redirect("digest:desk_schedule")
    status = status_of(upcoming())
    context = {"form": form, "edition": status.edition, "status": status}
    context["place"] = first_place(status.edition)
    code = 422 if form.errors else 200
    return render(request, "digests/desk_schedule.html", context, status=code)
