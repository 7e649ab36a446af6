"""The voices under a story, and how many there are on a page of cards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

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
    hidden: list[Voice]
    """Up to 20 that readers do not meet, and this one may show again."""
    may_add: bool
    may_edit: bool
    may_object: bool
    """Whether they are about this reader, who may hide each."""
    may_review: bool

    @property
    def shown(self) -> list[Voice]:
        return [*filter(None, [self.own]), *self.others]

    @property
    def is_worth_a_section(self) -> bool:
        return bool(self.count or self.own or self.hidden or self.may_add)


def voices_of(story: Story, reader: User, after: str = "") -> Voices:
    """One page of a story's voices. Raises Http404 when `after` is not a cursor of ours."""
    heard = story.voices.heard().select_related("teller__department")
    own = story.voices.said().select_related("teller__department").of(reader)
    may_object, may_review = access.may_object(reader, story), access.may_review(reader, story)
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
        hidden=[] if after else _hidden(story, reader, may_review=may_review),
        may_object=may_object,
        may_review=may_review,
        may_add=access.may_add_voice(reader, story),
        may_edit=own is not None and access.may_edit_voice(reader, own),
    )


def _hidden(story: Story, reader: User, *, may_review: bool) -> list[Voice]:
    voices = story.voices.said().filter(hidden_by=reader)
    if may_review:
        voices = story.voices.hidden_by_reviewers()
    return list(voices.select_related("teller__department")[:PAGE_SIZE])


def out_of_reach(person: User) -> list[Voice]:
    """This person's own under stories that they may not open any more."""
    readable = Story.objects.visible_to(person).filter(pk=OuterRef("story"))
    own = person.voices.filter(~Exists(readable)).exclude(text="")
    return list(own.select_related("story")[:PAGE_SIZE])


def count_voices(stories: Iterable[Story]) -> None:
    """Give each story its `voice_count`, in one query."""
    page = {story.pk: story for story in stories}
    heard = Voice.objects.heard().filter(story__in=page).order_by()
    counts = dict(heard.values_list("story").annotate(Count("pk")))
    for key, story in page.items():
        story.voice_count = counts.get(key, 0)  # type: ignore[attr-defined]
