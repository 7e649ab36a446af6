"""What people do with a story: each change a POST to an address of its own."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories.access import may_see
from stories.models import Answer, Named, State, Story
from stories.models.named import AGREEMENTS


@require_POST
def agree(request: Request, ref: str) -> HttpResponse:
    """Somebody asked lets the story be published."""
    return _agree(request, ref, lambda story: story.agree(by=request.user))


@require_POST
def agree_without_photo(request: Request, ref: str) -> HttpResponse:
    """Somebody asked lets the story be published, if its photo goes."""
    return _agree(request, ref, lambda story: story.agree_without_photo(by=request.user))


def _agree(request: Request, ref: str, verb: Callable[[Story], None]) -> HttpResponse:
    if _is_settled(request, ref):
        return _settled(request, ref)
    story = _visible(request, ref)
    if not story.named.filter(person=request.user, answer__in=AGREEMENTS).exists():
        _attempt(lambda: verb(story), _("Nobody asked you about this story."))
    return _back(request, story, _what_comes_next(story))


def _what_comes_next(story: Story) -> str:
    """Thanks for an agreement, and what it led to."""
    if story.is_private:
        return _("Thank you. The story stays private, for its few.")
    said = {
        State.ASKING: _("Thank you. The story is published once everybody asked has agreed."),
        State.WAITING: _(
            "Thank you. Everybody asked has agreed. A reviewer reads the story before it is "
            "published."
        ),
    }
    published = _("Thank you. Everybody at the company can read the story now.")
    return said.get(State(story.state), published)


@require_POST
def keep_private(request: Request, ref: str) -> HttpResponse:
    """Somebody asked, or the teller, keeps the story among its few."""
    if _is_settled(request, ref):
        return _settled(request, ref)
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
def rewrite(request: Request, ref: str) -> HttpResponse:
    """The teller of a story that asks goes on writing it."""
    story = _visible(request, ref)
    if not story.is_draft:
        _attempt(
            lambda: story.rewrite(by=request.user),
            _("Only its teller goes on writing a story, while it waits for an answer."),
        )
    return redirect(f"{reverse('compose')}?draft={story.ref}")


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


def _is_settled(request: Request, ref: str) -> bool:
    """Whether this person's answer, which is still missing, is not waited for any more: somebody
    else has refused, or the teller has taken the story back."""
    asked = Named.objects.filter(person=request.user, answer=Answer.ASKED, story__ref=ref)
    return asked.exclude(story__state=State.ASKING).exists()


def _settled(request: Request, ref: str) -> HttpResponse:
    messages.info(request, _("Thank you. Your answer is not needed any more."))
    story = Story.objects.visible_to(request.user).filter(ref=ref).first()
    return redirect(story or "feed")


def _back(request: Request, story: Story, said: str) -> HttpResponse:
    """To the story, or to the feed where this person no longer sees it."""
    if not may_see(request.user, story):
        return _to_feed(request, said)
    messages.success(request, said)
    return redirect(story)


def _to_feed(request: Request, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("feed")
