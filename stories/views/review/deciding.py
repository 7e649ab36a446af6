"""Deciding about one story: each decision a POST to an address of its own, carrying `seen`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.models import History, User
from accounts.requests import Request
from stories import access, decisions
from stories.models import State, Story
from stories.models.deeds import DecidedError, last_decisive, last_decisive_key, last_deed
from stories.review.forms import HandingForm, HidingForm, SendingBackForm
from stories.review.opened import REVIEWED
from stories.review.queue import Queue
from stories.review.sentences import who_did_what
from stories.review.tabs import tab_for
from stories.reviewers import reviewers_of
from stories.views.review.page import Back, review_page
from stories.views.review.place import Place
from stories.views.story import story_page

REFUSED = gettext_lazy(
    "Reviewers decide about stories told by or about the people who report to them, and nobody "
    "about one that they told or that names them."
)

NOWHERE = gettext_lazy("It is not here, or you do not review it any more.")


@dataclass(frozen=True, slots=True)
class Decision:
    """One verb of `Reviewing`: `done` says on the next page that it was done, `form` asks for what
    it takes besides."""

    verb: str
    act: Callable[..., None]
    done: Promise
    form: Callable[[Request, Story], Form] | None = None


DECISIONS = {
    decision.verb: decision
    for decision in (
        Decision("publish", Story.publish, gettext_lazy("Published. Everybody can read it.")),
        Decision(
            "send back",
            Story.send_back,
            gettext_lazy("Sent back, with your note."),
            lambda request, _story: SendingBackForm(request.POST),
        ),
        Decision(
            "hide",
            Story.hide,
            gettext_lazy("Hidden. Its teller reads why."),
            lambda request, _story: HidingForm(request.POST),
        ),
        Decision("unhide", Story.unhide, gettext_lazy("This story is on the feed again.")),
        Decision("keep", Story.keep_as_it_is, gettext_lazy("It stays as it is.")),
        Decision("feature", Story.feature, gettext_lazy("Featured: it leads the next digest.")),
        Decision("unfeature", Story.unfeature, gettext_lazy("Not featured any more.")),
        Decision("look", Story.look, gettext_lazy("Looked at.")),
        Decision(
            "hand over",
            Story.hand_over,
            gettext_lazy("Handed over."),
            lambda request, story: HandingForm(request.POST, story=story, by=request.user),
        ),
    )
}


@require_POST
def decide(request: Request, ref: str, verb: str) -> HttpResponse:
    """Do it and open the next story; a refusal becomes a sentence that loses no note."""
    story = story_for(request, ref)
    if story is None:
        return nowhere(request)
    if not reviews(request.user, story):
        return refused_or_gone(request, story)
    decision = DECISIONS[verb]
    place = Place.of(request.POST)
    form = decision.form(request, story) if decision.form else None
    if form and not form.is_valid():
        if verb in decisions.open_to(request.user, story):
            return _incomplete(request, story, decision, form, place)
        return overtaken(request, story, last_deed(story), decision, form)
    following = Queue(place.tab, request.user).following(story) if place else None
    said = form.cleaned_data if form else {}
    try:
        decision.act(story, by=request.user, seen=seen_by(request.POST.get("seen", "")), **said)
    except DecidedError as error:
        return _second(request, story, error.deed, decision, form, following)
    except PermissionDenied:
        return _second(request, story, last_deed(story), decision, form, following)
    return _next(request, story, decision, following)


def seen_by(typed: str) -> int:
    """The key that a form carries, 0 for anything else: then the story's state alone decides."""
    is_key = typed.isascii() and typed.isdigit() and len(typed) < 19
    return int(typed) if is_key else 0


def story_for(request: Request, ref: str) -> Story | None:
    """None for a story of which this person can know nothing."""
    story = Story.objects.filter(ref=ref).first()
    if story is None:
        return None
    user = request.user
    is_known = reviews(user, story) or access.may_see(user, story) or _knew(request, story)
    return story if is_known else None


def reviews(user: User, story: Story) -> bool:
    return story.state in REVIEWED and access.may_review(user, story)


def _knew(request: Request, story: Story) -> bool:
    """Whether the form is of a page that showed this story to somebody who would review it today,
    were it there to review: nobody else knows both its reference and a row of its history."""
    key = seen_by(request.POST.get("seen", "")) or seen_by(request.POST.get("deed", ""))
    is_theirs = key > 0 and History.objects.about(story).filter(pk=key).exists()
    return is_theirs and reviewers_of(story).filter(pk=request.user.pk).exists()


def refused_or_gone(request: Request, story: Story) -> HttpResponse:
    """Not theirs to decide about: any more, or it never was."""
    is_gone = story.state not in REVIEWED or story.is_private
    if is_gone and _knew(request, story):
        deed = last_decisive(story)
        notice = who_did_what(deed) if deed else str(REFUSED)
        typed = request.POST.get("note", "")
        back = Back(status=409, notice=notice, typed=typed, is_gone=True)
        return review_page(request, Place.of(request.POST), "", back)
    if access.may_see(request.user, story):
        return closed(request, REFUSED, status=403)
    return nowhere(request)


def nowhere(request: Request) -> HttpResponse:
    """The same answer for a story that there is not and for one that is not theirs to see."""
    return closed(request, NOWHERE, status=404)


def closed(request: Request, why: Promise, status: int) -> HttpResponse:
    """Says why nothing was decided, and brings back what was typed."""
    if request.htmx:
        # The page stays as it is, with what was typed, and says this (failure.js).
        return HttpResponse(str(why), status=status, content_type="text/plain; charset=utf-8")
    context = {"why": why, "typed": request.POST.get("note", "")}
    return render(request, "stories/review_closed.html", context, status=status)


def _incomplete(
    request: Request, story: Story, decision: Decision, form: Form, place: Place | None
) -> HttpResponse:
    forms = {decision.verb: form}
    if place is None:
        card = Story.objects.with_card().annotate(seen=last_decisive_key(Story))
        return story_page(request, card.get(pk=story.pk), sent=forms, status=422)
    return review_page(request, place, story.ref, Back(status=422, forms=forms))


def _second(
    request: Request,
    story: Story,
    deed: History | None,
    decision: Decision,
    form: Form | None,
    following: Story | None,
) -> HttpResponse:
    """Somebody was faster. Where it was this very person, a second click has done no harm."""
    if deed and is_second_click(deed, decision, request.user):
        return _next(request, story, decision, following)
    return overtaken(request, story, deed, decision, form)


def is_second_click(deed: History, decision: Decision, user: User) -> bool:
    return deed.actor == user and deed.verb == decision.verb


def overtaken(
    request: Request,
    story: Story,
    deed: History | None,
    decision: Decision | None = None,
    form: Form | None = None,
    notice: str = "",
) -> HttpResponse:
    """The story as it is now, with who did what to it, and the note that was to go with it."""
    story.refresh_from_db()
    if not reviews(request.user, story):
        return refused_or_gone(request, story)
    is_open = decision is not None and decision.verb in decisions.open_to(request.user, story)
    back = Back(
        status=409,
        notice=notice or (who_did_what(deed) if deed else str(REFUSED)),
        forms={decision.verb: form} if decision and form and is_open else {},
        typed="" if is_open else request.POST.get("note", ""),
    )
    return review_page(request, Place.of(request.POST), story.ref, back)


def _next(
    request: Request, story: Story, decision: Decision, following: Story | None
) -> HttpResponse:
    """To the next story of the list, or back to the story's own page."""
    story.refresh_from_db()
    deed = last_deed(story)
    tell(request, story, said(story, decision), deed)
    place = Place.of(request.POST)
    if place:
        return redirect(place.url(following.ref) if following else Place(place.tab).url())
    if access.may_see(request.user, story):
        return redirect(story)
    return redirect(Place(tab_for(story)).url(story.ref))


def said(story: Story, decision: Decision) -> str:
    """What was done; of a release, unless those whom the story names had their say in whether it
    is read."""
    is_release = decision.verb in {"publish", "publish edit"}
    if is_release and story.state == State.ASKING:
        return _("Decided. It can be read once everybody named in it has agreed.")
    if is_release and story.is_private:
        return _("Decided. Somebody named in it wants it private, so only its few read it.")
    return str(decision.done)


def tell(request: Request, story: Story, done: str, deed: History | None) -> None:
    """Say on the next page what was done, with a button that takes it back."""
    tags = ""
    if deed and story.may_be_undone(deed, request.user):
        tags = f"undo {story.ref} {deed.pk}"
    messages.success(request, done, extra_tags=tags)
