"""The composer: a story from its first word to the feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from accounts.context import company_of
from accounts.models import User
from accounts.requests import Request
from stories import access
from stories.forms import StoryForm
from stories.forms.named import Eligible, well_formed
from stories.models import Story
from stories.models.telling import Telling
from stories.review.sent_back import why_sent_back
from stories.views.composer import Found, find, hints, page, refuse_unpicked, typed
from stories.views.joining import join, similar_to, told_already


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: Request) -> HttpResponse:
    """The empty composer, with a colleague picked (`?nominee=`), an own draft in it (`?draft=`),
    or what was sent from it."""
    if request.method == "POST":
        return _receive(request)
    story = _own_draft(request)
    form = StoryForm(
        by=request.user, company=company_of(request), story=story, nominees=_proposed(request)
    )
    return _composer(request, form, story.key if story else uuid4(), {})


@require_POST
def draft(request: Request) -> HttpResponse:
    """Save what is being typed, and answer with the parts of the page that follow from it."""
    if not request.htmx:
        return _receive(request)
    key = _key(request)
    story = _begun(request.user, key)
    if key is None or (story and not access.may_submit(request.user, story)):
        return render(request, "stories/compose.html#late", {"story": story})
    form = _form(request, story)
    form.is_valid()
    form.story = _keep(form, key) or story
    context = {"form": form, "hints": hints(form), "preview": form.story, "oob": True}
    context |= _similar(form)
    context["similar_moved"] = request.POST.get("similar_shown") != context["similar_shown"]
    context["groups_moved"] = request.POST.get("groups_shown") != str(form.offer)
    context["photo_changed"] = "photo" in request.FILES or "photo_off" in request.POST
    return render(request, "stories/compose.html#drafted", context)


def _own_draft(request: Request) -> Story | None:
    if "draft" not in request.GET:
        return None
    unsent = Story.objects.told_by(request.user).filter(state__in=access.BEFORE_SUBMITTING)
    story: Story = get_object_or_404(
        unsent.with_card(), ref__in=well_formed([request.GET["draft"]])
    )
    return story


def _proposed(request: Request) -> list[str]:
    """Whom the link names. A link outlives people: whoever could not be picked is left out."""
    asked = well_formed([request.GET.get("nominee", "")])
    may_be_named = Eligible.for_story(None, request.user)
    return [person.ref for person in User.objects.filter(ref__in=asked) if may_be_named(person)]


def _receive(request: Request) -> HttpResponse:
    """Publish, or keep as a draft; whatever is wrong, what was typed comes back."""
    key = _key(request)
    story = _begun(request.user, key)
    if story and not access.may_submit(request.user, story):
        return _to_story(request, story)
    is_publishing = "publish" in request.POST
    form = _form(request, story, complete=is_publishing)
    found = find(request)
    if is_publishing:
        refuse_unpicked(form, found)
    if key is None:
        form.add_error(None, _("This page could not be told from others. Please send it again."))
        return _composer(request, form, uuid4(), found)
    asked: list[Story] = []
    if is_publishing and form.is_valid() and not (asked := told_already(request, form)):
        try:
            return _to_story(request, _publish(form, key))
        except ValidationError as error:  # somebody named has left since the form was checked
            form.add_error(None, error)
    form.is_valid()
    form.story = _keep(form, key) or story
    if "join" in request.POST:
        return _join(request, form, key, found)
    if "save" in request.POST and form.is_valid() and form.story and not found:
        messages.success(request, _("Your draft is saved. It waits for you under “Mine”."))
        return redirect(f"{reverse('compose')}?draft={form.story.ref}")
    return _composer(request, form, key, found, asked)


def _join(request: Request, form: StoryForm, key: UUID, found: dict[str, Found]) -> HttpResponse:
    if response := join(request, form.story):
        return response
    form.add_error(None, _("That story takes no voice any more. What you wrote is still here."))
    return _composer(request, form, key, found)


def _key(request: Request) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _begun(teller: User, key: UUID | None) -> Story | None:
    """The story that this form has made already, if any."""
    return Story.objects.told_by(teller).filter(key=key).with_card().first() if key else None


def _form(request: Request, story: Story | None, *, complete: bool = False) -> StoryForm:
    return StoryForm(
        typed(request),
        request.FILES,
        by=request.user,
        company=company_of(request),
        story=story,
        complete=complete,
    )


@transaction.atomic
def _publish(form: StoryForm, key: UUID) -> Story:
    """A second click finds the story submitted, and changes nothing."""
    story = Story.objects.for_key(form.by, key)
    if story.keep(form.telling(), by=form.by):
        story.submit(by=form.by)
    return story


@transaction.atomic
def _keep(form: StoryForm, key: UUID) -> Story | None:
    """Save what is valid as a draft. No row is made before anything was said."""
    telling = form.telling()
    if form.story is None and telling == Telling():
        return None
    story = Story.objects.for_key(form.by, key)
    story.keep(telling, by=form.by)
    kept: Story = Story.objects.with_card().get(pk=story.pk)
    return kept


def _to_story(request: Request, story: Story) -> HttpResponse:
    url = f"{story.get_absolute_url()}?told=1"
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _similar(form: StoryForm) -> dict[str, Any]:
    similar = [each.story for each in similar_to(form)]
    return {"similar": similar, "similar_shown": " ".join(story.ref for story in similar)}


def _composer(
    request: Request,
    form: StoryForm,
    key: UUID,
    found: dict[str, Found],
    asked: Sequence[Story] = (),
) -> HttpResponse:
    """The composer; `asked` are the stories that may tell the deed already."""
    return page(
        request,
        "stories/compose.html",
        form,
        found,
        key=key,
        hints=hints(form),
        preview=form.story,
        sent_back=why_sent_back(form.story) if form.story else None,
        asked=asked,
        action=reverse("compose"),
        **_similar(form),
    )
