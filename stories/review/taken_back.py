"""What a reviewer wrote with a decision that they took back: their form begins with it."""

from __future__ import annotations

from accounts.models import History, User
from stories.models import Story
from stories.models.deeds import BESIDE


def notes_taken_back(story: Story, by: User) -> dict[str, dict[str, str]]:
    """By verb, how its form begins: with the note of what this person did and undid just now,
    nothing else having been done to the story since. One query."""
    rows = History.objects.about(story).exclude(verb__in=BESIDE)
    newest = list(rows.order_by("-at", "-pk")[:2])
    if len(newest) < 2:
        return {}
    undoing, undone = newest
    is_theirs = undoing.actor_id == undone.actor_id == by.pk
    if not is_theirs or undoing.verb != f"undo {undone.verb}":
        return {}
    return {undone.verb: {"note": undone.note}}
