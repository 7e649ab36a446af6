"""Past editions as their reader may see them today: never as they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from stories.digests.models import Delivery, Edition, EditionState
from stories.models import Story
from stories.querysets import StoryQuerySet


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition in the archive: its first headline that is still to be read, "" without one."""

    edition: Edition
    headline: str


def told() -> QuerySet[Edition]:
    """The editions of which somebody has a copy, or is getting one: also those that were given
    up half-way, since the link in each copy leads here."""
    received = Delivery.objects.received().filter(edition=OuterRef("pk"))
    on_its_way = Q(state__in=[EditionState.SENDING, EditionState.SENT])
    return Edition.objects.filter(on_its_way | Q(Exists(received), state=EditionState.ABORTED))


def picks_of(editions: Sequence[Edition], reader: User) -> StoryQuerySet:
    """What these editions tell, as far as `reader` may see it: without what a culture lead took
    out, also where copies had left with it."""
    left_out = Edition.left_out.through.objects.filter(
        edition_id=OuterRef("pick__edition_id"), story_id=OuterRef("pk")
    )
    stories: StoryQuerySet = Story.objects.visible_to(reader).on_feed()
    return stories.filter(~Exists(left_out), pick__edition__in=editions)


def entries(editions: Sequence[Edition], reader: User) -> list[Entry]:
    """The editions with what `reader` may see of their picks, in one query."""
    # Backwards, so that the first of each edition is what stays.
    picked = picks_of(editions, reader).order_by("-pick__position")
    backwards = picked.values_list("pick__edition", "headline")
    headlines = dict(backwards)
    return [Entry(edition, headlines.get(edition.pk, "")) for edition in editions]
