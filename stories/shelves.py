"""Lists of one person's stories, one at a time: their shelves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.cursor import Cursor, before
from stories.feed import PAGE_SIZE
from stories.models import State, Story

if TYPE_CHECKING:
    from stories.querysets import StoryQuerySet

UNDER_WAY = (State.ASKING, State.WAITING, State.RETURNED)
TOLD = (State.PUBLISHED, State.HIDDEN)
# A story that is read, and of which an edit waits or was sent back.
CHANGING = Q(state=State.PUBLISHED, proposal__isnull=False)


@dataclass(frozen=True, slots=True)
class Shelf:
    """One list. `field` is the moment that orders it; `count` is None where it could reveal
    something."""

    name: str
    label: Promise
    stories: StoryQuerySet
    field: str
    count: int | None = None

    def page(self, after: str) -> tuple[list[Story], str]:
        """Up to 20 stories, and the cursor of the next page or "". Raises Http404 for a forgery."""
        rows = self.stories.order_by(f"-{self.field}", "-pk")
        if after:
            rows = before(rows, Cursor.parse(after), field=self.field)
        page = list(rows.with_card()[: PAGE_SIZE + 1])
        if len(page) <= PAGE_SIZE:
            return page, ""
        last = page[PAGE_SIZE - 1]
        return page[:PAGE_SIZE], str(Cursor(getattr(last, self.field), last.pk))


def own_shelves(user: User, waiting: set[int]) -> list[Shelf]:
    """Everything of one's own, with counts, in two queries: only its owner reads this.

    `waiting` are the keys of the stories that ask this person, never the teller of one.
    """
    told = Story.objects.told_by(user)
    celebrating = Story.objects.readable_by(user).celebrating(user).published()
    counts = told.aggregate(
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        under_way=Count("pk", filter=Q(state__in=UNDER_WAY) | CHANGING),
        told=Count("pk", filter=Q(state__in=TOLD)),
    )
    drafts = told.filter(state=State.DRAFT)
    own = Q(teller=user) & (Q(state__in=UNDER_WAY) | CHANGING)
    under_way = Story.objects.filter(own | Q(pk__in=waiting))
    under_way_count = counts["under_way"] + len(waiting)
    published = told.filter(state__in=TOLD)
    return [
        Shelf("drafts", _("Drafts"), drafts, "saved_at", counts["drafts"]),
        Shelf("under-way", _("Under way"), under_way, "saved_at", under_way_count),
        Shelf("told", _("Told"), published, "published_at", counts["told"]),
        Shelf("celebrated", _("About me"), celebrating, "published_at", celebrating.count()),
    ]


def shelves_of(person: User, viewer: User) -> list[Shelf]:
    """What `viewer` may read of somebody: without counts, which would give private ones away."""
    readable = Story.objects.readable_by(viewer).published()
    return [
        Shelf("celebrated", _("Celebrated"), readable.celebrating(person), "published_at"),
        Shelf("told", _("Told"), readable.told_by(person), "published_at"),
        Shelf("helped", _("Helped with"), readable.helped_by(person), "published_at"),
    ]


def choose(shelves: list[Shelf], name: str) -> Shelf:
    """The shelf of that name. Raises Http404 for any other."""
    for shelf in shelves:
        if shelf.name == name:
            return shelf
    raise Http404
