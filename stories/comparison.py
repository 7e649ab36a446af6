"""Two versions of a story side by side: what each part of it says, and what changed in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.changes import Snapshot
from accounts.models import User
from stories.models.choices import Moment, Role, Visibility, WordsSource
from stories.versions import Piece, compare

# What was ticked, chosen or named, in order: what it is known by, and what it is called.
type Entries = dict[Any, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a story, `name` as in its form.

    A text is one run of `pieces`; of a list, each is an entry.
    `note` says what marks cannot show: that only spaces changed, or the order.
    """

    name: str
    label: str
    pieces: list[Piece]
    is_list: bool
    is_changed: bool
    note: str = ""


def parts(old: Snapshot, new: Snapshot) -> list[Part]:
    """Every part in which one of the two says something, in the order of the story's page.

    Of one version compared with itself nothing is marked. One query, for the names of people.
    """
    people = _names_of(old, new)

    def text(name: str, label: str) -> Part:
        return _text(name, label, old.get(name, ""), new.get(name, ""))

    def entries(name: str, label: str, said: Callable[[Snapshot], Entries]) -> Part:
        return _list(name, label, said(old), said(new))

    def one_of(name: str, label: str, choices: dict[Any, Any]) -> Part:
        return entries(name, label, lambda told: _one(told.get(name), choices))

    found = [
        text("headline", _("Headline")),
        entries("nominees", _("Nominees"), lambda told: _named(told, Role.NOMINEE, people)),
        entries(
            "helping_hands", _("Helping hands"), lambda told: _named(told, Role.HELPER, people)
        ),
        one_of("customer_group", _("Whose customer it was"), {}),
        one_of("moment", _("Moment"), dict(Moment.choices)),
        text("what_they_did", _("What they did")),
        text("difference", _("The difference it made")),
        text("customer_words", _("The customer’s words")),
        one_of("words_source", _("Where they were heard"), dict(WordsSource.choices)),
        text("customer_role", _("Who the customer is")),
        text("customer_name", _("The customer’s name")),
        one_of("customer_agreed", _("May they be named?"), {True: _("They agreed to be named")}),
        entries(
            "values", _("Values"), lambda told: {name: name for name in told.get("values", [])}
        ),
        _photo(old.get("photo", ""), new.get("photo", "")),
        text("photo_alt", _("What the photo shows")),
        one_of("visibility", _("Who may see it"), dict(Visibility.choices)),
    ]
    return [part for part in found if part.pieces]


def _names_of(*tellings: Snapshot) -> dict[str, str]:
    refs = {ref for told in tellings for _role, ref in told.get("named", [])}
    return dict(User.objects.filter(ref__in=refs).values_list("ref", "name"))


def _named(told: Snapshot, role: Role, people: dict[str, str]) -> Entries:
    # Accounts are never deleted; a reference without one was put there by hand.
    refs = [ref for as_role, ref in told.get("named", []) if as_role == role]
    return {ref: people.get(ref, _("Somebody")) for ref in refs}


def _one(said: Any, labels: dict[Any, Any]) -> Entries:
    return {said: str(labels.get(said, said))} if said else {}


def _text(name: str, label: str, old: str, new: str) -> Part:
    pieces = compare(old, new)
    marked = "".join(piece.words for piece in pieces if piece.kind != "kept")
    note = _("Only spaces and line breaks changed.") if marked and not marked.strip() else ""
    return Part(name, label, pieces, is_list=False, is_changed=bool(marked), note=note)


def _list(name: str, label: str, old: Entries, new: Entries) -> Part:
    gone = [Piece("removed", called) for key, called in old.items() if key not in new]
    here = [Piece("kept" if key in old else "added", called) for key, called in new.items()]
    is_changed = [*old] != [*new]
    is_turned = is_changed and old.keys() == new.keys()
    note = _("The same, in another order.") if is_turned else ""
    return Part(name, label, [*gone, *here], is_list=True, is_changed=is_changed, note=note)


def _photo(old: str, new: str) -> Part:
    """Only that it changed: a photo that was taken away is nobody's to look at any more."""
    is_replaced = bool(old and new and old != new)
    was, now = (
        (_("The photo before"), _("Another photo")) if is_replaced else (_("A photo"), _("A photo"))
    )
    return _list("photo", _("Photo"), {old: was} if old else {}, {new: now} if new else {})
