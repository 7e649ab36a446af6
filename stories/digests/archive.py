"""Past editions as their reader may see them today: never as they were sent."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from stories.digests.models import Edition
from stories.models import Story


@dataclass(frozen=True, slots=True)
class Entry:
    """An edition in the archive: its first headline that is still to be read, "" without one,
    and how many of its stories are."""

    edition: Edition
    headline: str
    count: int


def entries(editions: Sequence[Edition], reader: User) -> list[Entry]:
    """The editions with what `reader` may see of their picks, in one query."""
    picked = Story.objects.visible_to(reader).on_feed().filter(pick__edition__in=editions)
    headlines: defaultdict[int, list[str]] = defaultdict(list)
    for edition, headline in picked.order_by("pick__edition", "pick__position").values_list(
        "pick__edition", "headline"
    ):
        headlines[edition].append(headline)
    return [
        Entry(edition, (headlines[edition.pk] or [""])[0], len(headlines[edition.pk]))
        for edition in editions
    ]
