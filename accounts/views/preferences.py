"""What each person decides for themselves."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import roles
from accounts.context import company_of
from accounts.forms import PreferencesForm
from accounts.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """The page and its form. It works on a copy of the person: a refused form must not
    change the name or the theme of the page that says so."""
    person = copy(request.user)
    if request.method != "POST":
        return _page(request, PreferencesForm(instance=person))
    form = PreferencesForm(request.POST, request.FILES, instance=person)
    if not form.is_valid():
        return _page(request, form, status=422)
    form.save()
    # The next page says it, in the language that may just have been chosen.
    with translation.override(person.reads(company_of(request))):
        messages.success(request, _("Saved."))
    return redirect("preferences")


def _page(request: Request, form: PreferencesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_reviewer": roles.reviews_by_right(request.user)}
    return render(request, "accounts/preferences.html", context, status=status)
