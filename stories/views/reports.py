"""Reporting a story to its reviewers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories import access
from stories.forms.report import ReportForm
from stories.models import Story
from stories.views.story import story_page


@require_POST
def report(request: Request, ref: str) -> HttpResponse:
    """Bring the story to its reviewers. Sent twice, or while an earlier report is open, it changes
    nothing."""
    visible = Story.objects.visible_to(request.user)
    story = get_object_or_404(visible.with_card(), ref=ref)
    form = ReportForm(request.POST, auto_id="id_report_%s", label_suffix="")
    is_sound = form.is_valid()
    # Asked first: a second click that is faster turns it into "no", and is known by then.
    may_report = access.may_report(request.user, story)
    if not _is_known(request, story, form.cleaned_data["key"]):
        if not may_report:
            raise PermissionDenied(_why_not(request, story))
        if not is_sound:
            return story_page(request, story, sent={"report": form}, status=422)
        _report(request, story, form)
    messages.success(
        request, _("Thank you. Its reviewers are told, and you will hear what comes of it.")
    )
    # As many reports as the company chose hide it, also from whoever made the last of them.
    return redirect(story if access.may_see(request.user, story) else "feed")


def _report(request: Request, story: Story, form: ReportForm) -> None:
    said = form.cleaned_data
    try:
        story.report(said["reason"], by=request.user, key=said["key"])
    except PermissionDenied as error:  # a second click was faster, or a reviewer
        if not _is_known(request, story, said["key"]):
            raise PermissionDenied(_why_not(request, story)) from error


def _is_known(request: Request, story: Story, key: UUID) -> bool:
    own = story.reports.by(request.user)
    return own.open().exists() or own.filter(key=key).exists()


def _why_not(request: Request, story: Story) -> str:
    if request.user.pk == story.teller_id:
        return _("You told this story: you can change or withdraw it yourself.")
    return _("Only a published story can be reported, by those who read it.")
