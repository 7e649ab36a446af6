"""What a culture lead changes in an edition: its stories, their order, and its own words."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from stories.digests.desk import arranging
from stories.digests.desk.errors import DeskError
from stories.digests.desk.holding import check_state
from stories.digests.desk.lineup import picks_of
from stories.digests.forms import WordsForm
from stories.digests.models import Edition, EditionState
from stories.digests.views.desk.common import (
    View,
    edition_to_change,
    edition_to_read,
    refusal,
    tell,
    to_desk,
)
from stories.digests.views.desk.page import PLACES_MOST, desk_page, lineup_context
from stories.models import Story


class PlaceForm(forms.Form):
    """The button that was pressed, with the place that the story had, 0 first."""

    up = forms.IntegerField(min_value=1, max_value=PLACES_MOST, required=False)
    down = forms.IntegerField(min_value=0, max_value=PLACES_MOST, required=False)

    def clean(self) -> dict[str, int | None]:
        if (self.cleaned_data.get("up") is None) == (self.cleaned_data.get("down") is None):
            raise forms.ValidationError("One of the two.")
        return self.cleaned_data


def about_a_story(view: Callable[[Request, Edition, Story], HttpResponse]) -> View:
    """A page may be open while its story is withdrawn, hidden or made private. Then the desk says
    that it is gone, as of one that never was."""

    @wraps(view)
    def found(request: Request, week_start: date, ref: str) -> HttpResponse:
        edition = edition_to_change(week_start)
        story = Story.objects.visible_to(request.user).filter(ref=ref).first()
        if story is None:
            return _answer(request, edition, _refuse_gone, "", focus="lineup-title")
        return view(request, edition, story)

    return found


@require_POST
@about_a_story
def place(request: Request, edition: Edition, story: Story) -> HttpResponse:
    """One story up or down. The button that was pressed keeps the focus."""
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
        focus=f"{pressed}-{story.ref}",
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
@about_a_story
def take_out(request: Request, edition: Edition, story: Story) -> HttpResponse:
    return _answer(
        request,
        edition,
        lambda: arranging.take_out(edition, story, by=request.user),
        _("“%(headline)s” is taken out.") % {"headline": story.headline},
        focus="lineup-title",
    )


@require_POST
@about_a_story
def add(request: Request, edition: Edition, story: Story) -> HttpResponse:
    return _answer(
        request,
        edition,
        lambda: arranging.add(edition, story, by=request.user),
        _("“%(headline)s” is added.") % {"headline": story.headline},
        focus=f"up-{story.ref}",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def afresh(request: Request, week_start: date) -> HttpResponse:
    """What is forgotten by asking for fresh suggestions, and the button that does it."""
    if request.method == "POST":
        edition = edition_to_change(week_start)
        refused = refusal(lambda: arranging.suggest_afresh(edition, by=request.user))
        tell(request, refused, _("These are the stories that we would pick."), "lineup")
        return to_desk("lineup")
    edition = edition_to_read(week_start)
    if refused := refusal(lambda: check_state(edition, EditionState.PLANNED)):
        tell(request, refused, "", "lineup")
        return to_desk("lineup")
    context = {
        "edition": edition,
        "arranged": picks_of(edition).count(),
        "left_out": edition.left_out.count() if edition.pk else 0,
    }
    return render(request, "digests/desk_afresh.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: Request, week_start: date) -> HttpResponse:
    """The edition's own subject and note. Who opens the address of a form that was refused, later
    or by a bookmark, is led to the desk."""
    if request.method != "POST":
        return to_desk("words")
    edition = edition_to_change(week_start)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return desk_page(request, edition, words=form, status=422)
    typed, shown = form.typed._asdict(), form.shown
    if refused := refusal(lambda: arranging.word(edition, **typed, shown=shown, by=request.user)):
        form.refuse(refused, edition)
        return desk_page(request, edition, words=form, status=422)
    tell(request, "", _("Saved."), "words")
    return to_desk("words")


def _refuse_gone() -> None:
    raise DeskError(_("This story is not in the edition any more."))


def _answer(
    request: Request, edition: Edition, verb: Callable[[], None], said: str, *, focus: str
) -> HttpResponse:
    """The stories as they are now, with what was done said aloud; `focus` is the id of what is
    held then. Without htmx, the page."""
    refused = refusal(verb)
    if not request.htmx:
        tell(request, refused, said, "lineup")
        return to_desk("lineup")
    context = lineup_context(request, edition_to_read(edition.week_start))
    context |= {"has_changed": True, "focus": focus, "refused": refused}
    context["said"] = "" if refused else said
    return render(request, "digests/desk.html#lineup", context)
