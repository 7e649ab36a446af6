"""What a culture lead changes in an edition: its stories, their order, and its own words."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import Request
from stories.digests.desk import arranging
from stories.digests.forms import WordsForm
from stories.digests.models import Edition
from stories.digests.views.desk.common import edition_to_change, refusal, story_of, tell, to_desk
from stories.digests.views.desk.page import desk_page, lineup_context

PLACES_MOST = 50


class PlaceForm(forms.Form):
    """The button that was pressed, with the place that the story had, 0 first."""

    up = forms.IntegerField(min_value=1, max_value=PLACES_MOST, required=False)
    down = forms.IntegerField(min_value=0, max_value=PLACES_MOST, required=False)

    def clean(self) -> dict[str, int | None]:
        if (self.cleaned_data.get("up") is None) == (self.cleaned_data.get("down") is None):
            raise forms.ValidationError("One of the two.")
        return self.cleaned_data


@require_POST
def place(request: Request, week_start: date, ref: str) -> HttpResponse:
    """One story up or down. The button that was pressed keeps the focus."""
    edition, story = edition_to_change(week_start), story_of(request, ref)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise BadRequest("No place in the order.")
    up, down = form.cleaned_data["up"], form.cleaned_data["down"]
    to, pressed = (down + 1, "down") if up is None else (up - 1, "up")
    return _answer(
        request,
        edition,
        lambda: arranging.move(edition, story, to, by=request.user),
        _("“%(headline)s” is now number %(place)d.")
        % {"headline": story.headline, "place": to + 1},
        focus=f"{pressed}-{ref}",
    )


@require_POST
def order(request: Request, week_start: date) -> HttpResponse:
    """All stories as they were dragged, or moved with the arrow keys."""
    edition = edition_to_change(week_start)
    refs = request.POST.getlist("story")[:PLACES_MOST]
    moved = request.POST.get("moved", "")
    return _answer(
        request,
        edition,
        lambda: arranging.arrange(edition, refs, by=request.user),
        _("The new order is saved."),
        focus=f"handle-{moved}",
    )


@require_POST
def take_out(request: Request, week_start: date, ref: str) -> HttpResponse:
    edition, story = edition_to_change(week_start), story_of(request, ref)
    return _answer(
        request,
        edition,
        lambda: arranging.take_out(edition, story, by=request.user),
        _("“%(headline)s” is taken out.") % {"headline": story.headline},
        focus="lineup-title",
    )


@require_POST
def add(request: Request, week_start: date, ref: str) -> HttpResponse:
    edition, story = edition_to_change(week_start), story_of(request, ref)
    return _answer(
        request,
        edition,
        lambda: arranging.add(edition, story, by=request.user),
        _("“%(headline)s” is added.") % {"headline": story.headline},
        focus=f"up-{ref}",
    )


@require_POST
def afresh(request: Request, week_start: date) -> HttpResponse:
    edition = edition_to_change(week_start)
    return _answer(
        request,
        edition,
        lambda: arranging.suggest_afresh(edition, by=request.user),
        _("These are the stories that we would pick."),
        focus="lineup-title",
    )


@require_POST
def words(request: Request, week_start: date) -> HttpResponse:
    """The edition's own subject and note."""
    edition = edition_to_change(week_start)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return desk_page(request, edition, words=form, status=422)
    if refused := refusal(lambda: arranging.word(edition, by=request.user, **form.cleaned_data)):
        form.add_error(None, refused)
        return desk_page(request, edition, words=form, status=422)
    messages.success(request, _("Saved."))
    return to_desk("words")


def _answer(
    request: Request, edition: Edition, verb: Callable[[], None], said: str, *, focus: str
) -> HttpResponse:
    """The stories as they are now, with what was done said aloud; `focus` is the id of what is
    held then. Without htmx, the page."""
    refused = refusal(verb)
    if not request.htmx:
        tell(request, refused, said)
        return to_desk("lineup")
    edition.refresh_from_db()
    context = lineup_context(request, edition)
    context |= {"has_changed": True, "focus": focus, "refused": refused}
    context["said"] = "" if refused else said
    return render(request, "digests/desk.html#lineup", context)
