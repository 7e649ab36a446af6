"""The cheers of a page of stories, in two queries however many stories and cheers there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from stories.models import Cheer, CheerKind, Story

NAMES_SHOWN = 3


@dataclass(slots=True)
class Cheering:
    """Who cheered one story, as one viewer sees it. `own` is the viewer's kind, or ""."""

    counts: dict[str, int] = field(default_factory=dict)
    own: str = ""
    people: list[User] = field(default_factory=list)
    """The last few others who cheered, newest first."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def others(self) -> int:
        """How many cheered besides `people` and the viewer."""
        return self.total - len(self.people) - bool(self.own)

    @property
    def kinds(self) -> list[tuple[CheerKind, int, bool]]:
        """Each kind with its count and whether it is the viewer's own."""
        return [(kind, self.counts.get(kind, 0), kind == self.own) for kind in CheerKind]


def attach_cheers(stories: Iterable[Story], viewer: User) -> list[Story]:
    """Give each story its `cheering`, and return them as a list."""
    page = list(stories)
    cheering = {story.pk: Cheering() for story in page}
    for story_id, kind, count, mine in _counted(cheering, viewer):
        cheering[story_id].counts[kind] = count
        if mine:
            cheering[story_id].own = kind
    for cheer in _latest(cheering, viewer):
        cheering[cheer.story_id].people.append(cheer.person)
    for story in page:
        story.cheering = cheering[story.pk]  # type: ignore[attr-defined]
    return page


def _counted(stories: Iterable[int], viewer: User) -> Iterable[tuple[int, str, int, int]]:
    return (
        Cheer.objects.filter(story__in=list(stories))
        .order_by()
        .values_list("story_id", "kind")
        .annotate(count=Count("pk"), mine=Count("pk", filter=Q(person=viewer)))
    )


def _latest(stories: Iterable[int], viewer: User) -> Iterable[Cheer]:
    newest = Window(RowNumber(), partition_by="story_id", order_by=[F("at").desc(), F("pk").desc()])
    return (
        Cheer.objects.filter(story__in=list(stories))
        .exclude(person=viewer)
        .select_related("person")
        .annotate(place=newest)
        .filter(place__lte=NAMES_SHOWN)
        .order_by("story_id", "place")
    )


def set_cheer(story: Story, person: User, kind: CheerKind, *, pressed: bool) -> None:
    """Make `kind` this person's one cheer for the story, or take that kind back.

    Asked twice, it changes nothing the second time.
    """
    if pressed:
        Cheer.objects.bulk_create(
            [Cheer(story=story, person=person, kind=kind)],
            update_conflicts=True,
            unique_fields=["story", "person"],
            update_fields=["kind", "at"],
        )
    else:
        Cheer.objects.filter(story=story, person=person, kind=kind).delete()
