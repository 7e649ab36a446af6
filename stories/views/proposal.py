"""A teller's edit that waits for a reviewer: what it changes, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import Request
from stories import access, decisions
from stories.comparison import parts
from stories.models import Story
from stories.models.deeds import DecidedError, last_decisive, last_deed
from stories.models.telling import snapshot
from stories.review.forms import SendingEditBackForm
from stories.review.sentences import who_did_what
from stories.views.photo import stream
from stories.views.review.deciding import said_of_release, seen_by, tell
from stories.views.review.place import Place

if TYPE_CHECKING:
    from stories.models import Proposal


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
    story = _visible(request, ref)
    return _decide(
        request,
        story,
        lambda: story.publish_edit(by=request.user, seen=_seen(request)),
        lambda: said_of_release(story, _("Readers read the new text now.")),
    )


@require_POST
def send_back(request: Request, ref: str) -> HttpResponse:
    """A reviewer leaves the old text, and says why."""
    story = _visible(request, ref)
    form = SendingEditBackForm(request.POST)
    if decisions.may_decide_edit(request.user, story) and not form.is_valid():
        place = Place.of(request.POST)
        return _page(request, story, story.proposal, place=place, form=form, status=422)
    note = form.data.get("note", "")
    return _decide(
        request,
        story,
        lambda: story.send_edit_back(by=request.user, note=note, seen=_seen(request)),
        lambda: _("Done. Readers go on reading the old text, and the teller reads your note."),
    )


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


def _seen(request: Request) -> int:
    return seen_by(request.POST.get("seen", ""))


def _decide(
    request: Request, story: Story, verb: Callable[[], None], said: Callable[[], str]
) -> HttpResponse:
    """Call the verb and go on, with what `said` says of the story then. Whoever was slower, or may
    not let it be read so, is told why; who does not review it is not told what was done to it."""
    place = Place.of(request.POST)
    refused = PermissionDenied(_("There is no change to this story about which you may decide."))
    if not access.may_review(request.user, story):
        raise refused
    try:
        verb()
        tell(request, story, said(), last_deed(story))
        if place:
            return redirect(place.url())
    except DecidedError as error:
        why = {"why": who_did_what(error.deed)}
        messages.warning(request, _("Nothing was changed now. %(why)s") % why)
    except ValidationError as error:
        messages.error(request, _("Readers cannot read it so: %s") % " ".join(error.messages))
    except PermissionDenied as error:
        raise refused from error
    if not access.may_see(request.user, story):
        return redirect("feed")
    return redirect("story_proposal", story.ref)


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
        "form": form or SendingEditBackForm(),
        "seen": newest.pk if newest else 0,
    }
    return render(request, "stories/proposal.html", context, status=status)
