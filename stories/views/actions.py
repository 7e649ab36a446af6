"""What people do with a story: each change a POST to an address of its own."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories.access import may_see
from stories.models import Answer, Named, State, Story


@require_POST
def agree(request: Request, ref: str) -> HttpResponse:
    """Somebody asked lets the story be published."""
    story = _visible(request, ref)
    answered = story.named.filter(person=request.user, answer=Answer.AGREED).exists()
    if not answered:
        _attempt(lambda: story.agree(by=request.user), _("Nobody asked you about this story."))
    return _back(request, story, _("Thank you. You agreed to this story."))


@require_POST
def keep_private(request: Request, ref: str) -> HttpResponse:
    """Somebody asked, or the teller, keeps the story among its few."""
    said = _("This story stays private.")
    try:
        story = _visible(request, ref)
    except Http404:
        # A helping hand who kept it private no longer sees it; saying so again does no harm.
        if _kept_it_private(request, ref):
            return _to_feed(request, said)
        raise
    if not (story.is_private and (_kept_it_private(request, ref) or _is_teller(request, story))):
        _attempt(
            lambda: story.keep_private(by=request.user),
            _("Only the teller and the people asked may keep this story private."),
        )
    return _back(request, story, said)


@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    """The teller takes the story back."""
    story = _visible(request, ref)
    if story.state != State.WITHDRAWN:
        _attempt(
            lambda: story.withdraw(by=request.user), _("Only its teller may withdraw this story.")
        )
    return _back(request, story, _("Done. It is still here for you to read."))


def _visible(request: Request, ref: str) -> Story:
    story: Story = get_object_or_404(Story.objects.visible_to(request.user), ref=ref)
    return story


def _attempt(verb: Callable[[], None], refusal: str) -> None:
    """Call the verb; a refusal becomes a sentence."""
    try:
        verb()
    except PermissionDenied as error:
        raise PermissionDenied(refusal) from error


def _is_teller(request: Request, story: Story) -> bool:
    return request.user.pk == story.teller_id


def _kept_it_private(request: Request, ref: str) -> bool:
    answered = Named.objects.filter(person=request.user, answer=Answer.KEPT_PRIVATE)
    return answered.filter(story__ref=ref).exists()


def _back(request: Request, story: Story, said: str) -> HttpResponse:
    """To the story, or to the feed where this person no longer sees it."""
    if not may_see(request.user, story):
        return _to_feed(request, said)
    messages.success(request, said)
    return redirect(story)


def _to_feed(request: Request, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("feed")
