"""The voices under a story, and how many there are on a page of cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import User
from kudos.lib.cursor import Cursor, before
from stories import access
from stories.models import Story, Voice

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Voices:
    """What one reader meets under a story: their own voice, and up to 20 others, newest first."""

    count: int
    own: Voice | None
    others: list[Voice]
    after: str
    """The cursor of the older ones, or ""."""
    may_add: bool
    may_edit: bool

    @property
    def shown(self) -> list[Voice]:
        return [*filter(None, [self.own]), *self.others]


def voices_of(story: Story, reader: User, after: str = "") -> Voices:
    """One page of a story's voices. Raises Http404 when `after` is not a cursor of ours."""
    heard = story.voices.heard().select_related("teller__department")
    own = heard.of(reader)
    others = heard.exclude(teller=reader)
    if after:
        others = before(others, Cursor.parse(after), field="created_at")
    page = list(others[: PAGE_SIZE + 1])
    last = page[PAGE_SIZE - 1] if len(page) > PAGE_SIZE else None
    return Voices(
        count=story.voices.heard().count(),
        own=None if after else own,
        others=page[:PAGE_SIZE],
        after=str(Cursor(last.created_at, last.pk)) if last else "",
        may_add=access.may_add_voice(reader, story),
        may_edit=own is not None and access.may_edit_voice(reader, own),
    )


def count_voices(stories: Iterable[Story]) -> None:
    """Give each story its `voice_count`, in one query."""
    page = {story.pk: story for story in stories}
    heard = Voice.objects.heard().filter(story__in=page).order_by()
    counts = dict(heard.values_list("story").annotate(Count("pk")))
    for key, story in page.items():
        story.voice_count = counts.get(key, 0)  # type: ignore[attr-defined]
