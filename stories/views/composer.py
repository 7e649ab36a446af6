"""What writing a story and changing one have in common: the pickers, and the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.people import colleagues
from accounts.requests import Request
from kudos.lib.text import one_line
from stories import coach
from stories.forms import StoryForm
from stories.forms.named import PICKERS, well_formed


@dataclass(frozen=True, slots=True)
class Found:
    """What a picker found. `only_oneself`: nobody but who is looking, and they cannot be picked."""

    query: str
    people: list[User]
    only_oneself: bool = False


def typed(request: Request) -> QueryDict:
    """The fields as sent, without the person whose "take off" button was pressed."""
    data = request.POST.copy()
    taken_off = data.get("remove")
    for name in PICKERS:
        data.setlist(name, [ref for ref in data.getlist(name) if ref != taken_off])
    return data


def find(request: Request) -> dict[str, Found]:
    """Colleagues for the text that still stands in a picker: typed, but nobody picked."""
    data = typed(request)
    picked = well_formed(ref for name in PICKERS for ref in data.getlist(name))
    queries = {name: one_line(data.get(f"{name}_query", "")) for name in PICKERS}
    return {name: look_for(query, request.user, picked) for name, query in queries.items() if query}


def look_for(query: str, user: User, picked: set[str]) -> Found:
    people = colleagues(query, exclude={user.ref, *picked})
    return Found(query, people, not people and user in colleagues(query, exclude=picked))


def refuse_unpicked(form: StoryForm, found: dict[str, Found]) -> None:
    """A name typed but not picked would be lost without a word."""
    for name, answer in found.items():
        sentence = _("“%(query)s” is not picked yet. Choose a colleague, or leave this empty.")
        form.add_error(name, sentence % {"query": answer.query})


def hints(form: StoryForm) -> list[coach.Hint]:
    """The coach's lines on the text as it stands in the form, valid or not."""
    people = [form.by, *form.celebrated, *form.helpers]
    texts = ("headline", "what_they_did", "difference", "customer_words", "customer_role")
    return coach.hints(
        **{name: str(form[name].value() or "") for name in texts},
        customer_agreed=bool(form["customer_agreed"].value()),
        language=get_language() or "",
        colleagues=frozenset(person.name for person in people),
    )


def page(
    request: Request,
    template: str,
    form: StoryForm,
    found: dict[str, Found] | None = None,
    **context: Any,
) -> HttpResponse:
    """The form again, with what was typed; 422 where something in it has to be looked at."""
    status = 422 if form.is_bound and (form.errors or context.get("asked")) else 200
    found = found or {}
    pickers = [(name, form[name], form.picked[name].people, found.get(name)) for name in PICKERS]
    context |= {"form": form, "pickers": dict(zip(PICKERS, pickers, strict=True))}
    return render(request, template, context, status=status)
