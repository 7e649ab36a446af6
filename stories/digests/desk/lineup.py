"""What an edition tells as it stands, and what it could tell instead."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.candidates import choose
from stories.digests.freeze import covers_from
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.picking import MOST
from stories.models import Story
from stories.querysets import StoryQuerySet
from stories.search import search as found

SPARE_MOST = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A story in its place, 0 first. `story` comes with its card; `chosen_by` is the culture lead
    who put it in, None where it was suggested."""

    story: Story
    position: int
    reason: str
    chosen_by: User | None


def lineup(edition: Edition) -> list[Placed]:
    """The stories in their order as the edition would leave now. Before the freeze: what culture
    leads have kept, then what is suggested; after it, the picks that everybody may read."""
    keys = list(edition.told().values_list("pk", flat=True)) if edition.pk else []
    suggested = dict[int, str]()
    # To choose costs a second or two among thousands of stories.
    if edition.state == EditionState.PLANNED and len(keys) < MOST:
        suggested = {choice.story: choice.reason for choice in choose(as_of_now(edition))}
        keys = list(suggested)
    rows = Story.objects.on_feed().filter(pk__in=keys).with_card()
    stories = {story.pk: story for story in rows}
    # One that was hidden while we chose has gone.
    shown = [stories[key] for key in keys if key in stories]
    kept = {row.story_id: row for row in picks_of(edition).select_related("chosen_by")}
    return [
        _placed(story, place, kept.get(story.pk), suggested.get(story.pk, ""))
        for place, story in enumerate(shown)
    ]


def _placed(story: Story, place: int, kept: Pick | None, suggested: str) -> Placed:
    if kept is None:
        return Placed(story, place, suggested, None)
    if kept.chosen_by is None:
        return Placed(story, place, kept.reason, None)
    reason = _("Chosen by %(name)s") % {"name": kept.chosen_by.name}
    return Placed(story, place, reason, kept.chosen_by)


def spare(edition: Edition, shown: Sequence[str], search: str = "") -> list[Story]:
    """Up to 20 stories of the edition's weeks that could be added to what is `shown`, references,
    newest first, with their cards; those that hold every word of `search` where it is not empty."""
    others = addable(edition).exclude(ref__in=shown)
    if search.strip():
        others = found(search, among=others).newest_first()
    return list(others.with_card()[:SPARE_MOST])


def is_quiet(edition: Edition) -> bool:
    """Whether nothing would leave now: there is no story, and the company then sends nothing."""
    return Company.current().quiet_week == QuietWeek.SKIP and not lineup(edition)


def refs_of(placed: Sequence[Placed]) -> list[str]:
    return [place.story.ref for place in placed]


def addable(edition: Edition) -> StoryQuerySet:
    """The stories of the edition's weeks that no edition tells."""
    return as_of_now(edition).of_its_weeks().filter(pick=None)


def as_of_now(edition: Edition) -> Edition:
    """The edition with the weeks that it covers, or would: they are settled at its freeze."""
    if edition.covers_from is not None:
        return edition
    draft = copy(edition)
    draft.covers_from = covers_from(edition.cutoff_at)
    return draft


def picks_of(edition: Edition) -> QuerySet[Pick]:
    """Also of an edition that is not stored yet, which has none."""
    return Pick.objects.filter(edition_id=edition.pk) if edition.pk else Pick.objects.none()
