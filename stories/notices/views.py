"""Which mails each person gets, decided by them alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from kudos.lib.way_out import way_out
from stories.notices.kinds import offered_to
from stories.notices.models import SwitchedOff
from stories.notices.off import meant_by


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: Request) -> HttpResponse:
    """The switches and their form. Only what the form showed is changed: a kind that came with a
    new release, or with a new role, since it was opened stays on."""
    groups = offered_to(request.user)
    if request.method != "POST":
        off = SwitchedOff.objects.filter(person=request.user).values_list("kind", flat=True)
        return render(request, "notices/mail.html", {"groups": groups, "off": set(off)})
    shown, wanted = request.POST.getlist("shown"), request.POST.getlist("wanted")
    kinds = [kind for group in groups.values() for kind in group if kind in shown]
    SwitchedOff.objects.choose(request.user, {kind: kind in wanted for kind in kinds})
    messages.success(request, _("Saved."))
    return redirect("notices:mail")


@way_out
@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, secret: str) -> HttpResponse:
    """The link in every mail (RFC 8058). Looking changes nothing; a POST, from a mail program or
    from the button, stops mails of this kind. It names nobody: who opens it may be a scanner."""
    meant = meant_by(secret)
    is_done = meant is not None and request.method == "POST"
    if meant and is_done:
        person, kind = meant
        SwitchedOff.objects.choose(person, {kind: False})
    context = {"kind": meant[1] if meant else None, "is_done": is_done}
    return render(request, "notices/off.html", context, status=200 if meant else 404)
