"""A story's wordings, one after the other, replayed from its history.

History keeps of each change only the fields that it touched. What the story says now is known, so
the rows are undone from the newest back to the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.changes import Snapshot
from accounts.models import History, User
from stories.models import State, Story
from stories.models.deeds import BESIDE
from stories.models.telling import STANDING, TEXTS, snapshot
from stories.versions import WITHOUT_SPACES

# In these a story says what nobody but its teller and those asked have read yet, or, withdrawn from
# them, ever did.
UNREAD = frozenset({State.DRAFT, State.RETURNED, State.ASKING, State.WITHDRAWN})
AGREEING = frozenset({"agree", "agree without photo"})
SHORT_NAME = 2


@dataclass(frozen=True, slots=True)
class Version:
    """What the story said from `at` on, by the names of telling.snapshot; `who` made it so.

    `told` is for people to read; `exactly`, with every name still in it, only to compare with.
    """

    told: Snapshot
    exactly: Snapshot
    who: User | None
    at: datetime


def versions(story: Story) -> list[Version]:
    """What the story has said since it was first submitted, oldest first; empty for a draft.

    A draft's wordings are in none, nor is what only those asked have read, but for what the story
    says while it asks: then nobody but its teller opens its versions. Customers' names that the
    story does not say any more are left out, and so is what a photo showed that is gone. Two
    queries beside what is prefetched.
    """
    about = History.objects.about(story).exclude(verb__in=BESIDE)
    rows = list(about.select_related("actor"))
    found: list[Version] = []
    for version in _replayed(story, rows):
        if not found or _wording(found[-1].told) != _wording(version.told):
            found.append(version)
    withheld, photo = Withheld.of(story, rows), story.photo.name or ""
    return [
        replace(version, told=withheld.leave_out_of(_without_old_photo(version.told, photo)))
        for version in found
    ]


def _replayed(story: Story, rows: list[History]) -> Iterator[Version]:
    told: Snapshot = snapshot(story)
    newest_first = []
    for row in reversed(rows):
        newest_first.append((row, told))
        told = told | row.before
    # A story that came without the row of its submission, by an import, began as it is here.
    began = story.published_at or story.created_at
    everything = [Version(told, told, story.teller, began)]
    for row, told in reversed(newest_first):
        was_read = everything[-1].told["state"] not in UNREAD
        who = _writer(row, story, everything[-1].who, was_read=was_read)
        everything.append(Version(told, told, who, row.at))
    *past, now = everything
    yield from (version for version in past if version.told["state"] not in UNREAD)
    if now.told["state"] not in UNREAD - {State.ASKING}:
        yield now


def _writer(row: History, story: Story, writer: User | None, *, was_read: bool) -> User | None:
    """Who made the story say what it says after this row. What is submitted, or was proposed, is
    its teller's; and whoever agrees to what nobody had read yet has written none of it."""
    if row.verb in {"submit", "publish edit"}:
        return story.teller
    is_reworded = bool(row.after.keys() - STANDING)
    return row.actor if is_reworded and was_read else writer


def as_read(row: History, side: Snapshot) -> Snapshot:
    """What a row of history holds, before or after it, without what its teller and whoever was
    asked alone had read. The story goes on asking after an answer that is not the last."""
    state = side.get("state", State.ASKING if row.verb in AGREEING else None)
    is_unread = state in UNREAD
    return {name: said for name, said in side.items() if name in STANDING or not is_unread}


def _without_old_photo(told: Snapshot, photo: str) -> Snapshot:
    """A photo that was taken away is not described either."""
    return told if told["photo"] == photo else told | {"photo_alt": ""}


def _wording(told: Snapshot) -> Snapshot:
    return {name: value for name, value in told.items() if name not in STANDING}


@dataclass(frozen=True, slots=True)
class Withheld:
    """Customers' names that history holds but the story says no more: whoever bore them does not
    agree any longer, or was named by mistake (product.md: kept only where they agreed).

    `parts` are words of them that tell who it was on their own, as "Silva" does and "de" not.
    """

    names: list[str]
    parts: list[str]

    @classmethod
    def of(cls, story: Story, rows: Iterable[History]) -> Withheld:
        said = story.customer_name
        held = {side.get("customer_name", "") for row in rows for side in (row.before, row.after)}
        names = {name for name in held if name and name not in said}
        words = {word for name in names for word in name.split()} - {*said.split()}
        parts = {word for word in words if len(word) > SHORT_NAME and not word[0].islower()}
        return cls(_longest_first(names), _longest_first(parts))

    def leave_out(self, told: Any) -> Any:
        """A text of the story without them; what is no text stays as it is."""
        if not isinstance(told, str):
            return told
        for name in self.names:
            told = re.sub(_as_word(name), _("[a name]"), told, flags=re.IGNORECASE)
        for part in self.parts:
            told = re.sub(_as_word(part), _("[a name]"), told)
        return told

    def leave_out_of(self, told: Snapshot) -> Snapshot:
        return told | {name: self.leave_out(told[name]) for name in TEXTS if name in told}


def _longest_first(names: set[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _as_word(name: str) -> str:
    """Standing alone; where words stand without space between them, anywhere."""
    found = re.escape(name)
    return found if WITHOUT_SPACES.match(name) else rf"(?<!\w){found}(?!\w)"
