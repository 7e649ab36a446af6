"""A teller's edit that waits for a reviewer: what it changes, and what is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import History, User
from accounts.requests import Request
from stories import access, decisions
from stories.comparison import parts
from stories.models import Story
from stories.models.deeds import DecidedError, last_decisive, last_deed
from stories.models.telling import snapshot
from stories.review.forms import SendingEditBackForm
from stories.review.sentences import who_did_what
from stories.review.taken_back import notes_taken_back
from stories.views.photo import stream
from stories.views.review.deciding import (
    Decision,
    closed,
    is_second_click,
    nowhere,
    overtaken,
    refused_or_gone,
    reviews,
    said,
    seen_by,
    story_for,
    tell,
)
from stories.views.review.place import Place

if TYPE_CHECKING:
    from stories.models import Proposal

PUBLISHING = Decision(
    "publish edit", Story.publish_edit, gettext_lazy("Readers read the new text now.")
)
SENDING_BACK = Decision(
    "send edit back",
    Story.send_edit_back,
    gettext_lazy("Done. Readers go on reading the old text, and the teller reads your note."),
)
NOTHING_WAITS = gettext_lazy("There is no change to this story about which you may decide.")


@require_safe
def proposal(request: Request, ref: str) -> HttpResponse:
    """The edit beside what the story says; without one to read, the story itself. `?tab=` says from
    which list of the review page a reviewer comes, and where they go on once it is decided."""
    story = _visible(request, ref)
    if not decisions.may_read_edit(request.user, story):
        return redirect(story)
    return _page(request, story, story.proposal, place=Place.of(request.GET))


@require_safe
def photo(request: Request, ref: str) -> HttpResponseBase:
    """The photo that is proposed, for those who may read the edit."""
    story = _visible(request, ref)
    if not (decisions.may_read_edit(request.user, story) and story.proposal.photo):
        raise Http404
    return stream(request, story.proposal.photo)


@require_POST
def publish(request: Request, ref: str) -> HttpResponse:
    """A reviewer lets the edit be read."""
    return _decide(request, ref, PUBLISHING)


@require_POST
def send_back(request: Request, ref: str) -> HttpResponse:
    """A reviewer leaves the old text, and says why."""
    return _decide(request, ref, SENDING_BACK, SendingEditBackForm(request.POST))


@require_POST
def take_back(request: Request, ref: str) -> HttpResponse:
    """The teller thinks better of it."""
    story = _visible(request, ref)
    if not (request.user.pk == story.teller_id and story.proposed is None):
        try:
            story.take_edit_back(by=request.user)
        except PermissionDenied as error:
            raise PermissionDenied(
                _("Only the teller of a story takes back what they proposed.")
            ) from error
    messages.success(request, _("Done. The story stays as it is."))
    return redirect(story)


def _visible(request: Request, ref: str) -> Story:
    story: Story = get_object_or_404(Story.objects.visible_to(request.user).with_card(), ref=ref)
    return story


def _decide(
    request: Request, ref: str, decision: Decision, form: SendingEditBackForm | None = None
) -> HttpResponse:
    """Call the verb and go on. Whoever was slower, or may not let it be read so, is told why and
    loses no note; who does not review the story is not told what was done to it."""
    story = story_for(request, ref)
    if story is None:
        return nowhere(request)
    if not reviews(request.user, story):
        return refused_or_gone(request, story)
    if form and not form.is_valid() and decisions.may_decide_edit(request.user, story):
        return _back(request, story, form, status=422)
    note = {"note": form.data.get("note", "")} if form else {}
    try:
        decision.act(story, by=request.user, seen=seen_by(request.POST.get("seen", "")), **note)
    except DecidedError as error:
        if not is_second_click(error.deed, decision, request.user):
            return _overtaken(request, story, error.deed, form)
        # A second click has done no harm.
    except PermissionDenied:
        return closed(request, NOTHING_WAITS, status=403)
    except ValidationError as error:
        messages.error(request, _("Readers cannot read it so: %s") % " ".join(error.messages))
        return redirect(_address(story, Place.of(request.POST)))
    return _next(request, story, decision)


def _next(request: Request, story: Story, decision: Decision) -> HttpResponse:
    """To the list that the reviewer came from, or to what the story says now."""
    story.refresh_from_db()
    tell(request, story, said(story, decision), last_deed(story))
    if place := Place.of(request.POST):
        return redirect(place.url())
    return redirect(story if access.may_see(request.user, story) else "feed")


def _overtaken(
    request: Request, story: Story, deed: History, form: SendingEditBackForm | None
) -> HttpResponse:
    """What there is to decide now, with who did what meanwhile and the note as it was typed."""
    if not decisions.may_decide_edit(request.user, story):
        return overtaken(request, story, deed)
    messages.warning(request, _("Nothing was changed now. %(why)s") % {"why": who_did_what(deed)})
    return _back(request, story, form, status=409)


def _back(
    request: Request, story: Story, form: SendingEditBackForm | None, *, status: int
) -> HttpResponse:
    """The page as it is now, with the form as it was sent."""
    now = Story.objects.with_card().get(pk=story.pk)
    place = Place.of(request.POST)
    return _page(request, now, now.proposal, place=place, form=form, status=status)


def _fresh_form(story: Story, reviewer: User) -> SendingEditBackForm | None:
    """Empty unless they took back just now what they had written; tellers have none."""
    if reviewer.pk == story.teller_id:
        return None
    return SendingEditBackForm(initial=notes_taken_back(story, reviewer).get("send edit back"))


def _address(story: Story, place: Place | None) -> str:
    """Where it is decided about, for whoever comes from this list."""
    query = {"tab": place.tab.name} if place else None
    return reverse("story_proposal", args=[story.ref], query=query)


def _page(
    request: Request,
    story: Story,
    proposal: Proposal,
    *,
    place: Place | None,
    form: SendingEditBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    compared = parts(snapshot(story), proposal.snapshot())
    newest = last_decisive(story)
    is_teller = request.user.pk == story.teller_id
    context = {
        "story": story,
        "proposal": proposal,
        "parts": [part for part in compared if part.is_changed],
        "same": [part for part in compared if not part.is_changed],
        "is_teller": is_teller,
        "may": {} if is_teller else {"publish": True, "send_back": True},
        "place": place,
        "place_url": place.url(story.ref) if place else "",
        "may_change": access.may_propose_edit(request.user, story),
        "form": form or _fresh_form(story, request.user),
        "seen": newest.pk if newest else 0,
    }
    return render(request, "stories/proposal.html", context, status=status)
