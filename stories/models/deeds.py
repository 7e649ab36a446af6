"""What has been done to a story last, as two who decide at once must know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import History

if TYPE_CHECKING:
    from stories.models.story import Story

VOICES = frozenset({"add voice", "edit voice", "take voice back", "hide voice", "unhide voice"})
# What readers do beside a story: a decision is undone all the same.
BESIDE = VOICES | {"report"}
# What is no reason to decide otherwise. A report is one: its reason has to be read.
HARMLESS = VOICES | {"look", "undo look"}


class DecidedError(Exception):
    """Somebody was faster: `deed` is the row of history that says who, and what they did."""

    def __init__(self, deed: History) -> None:
        super().__init__(deed.verb)
        self.deed = deed


def last_deed(story: Story) -> History | None:
    """The newest thing that was done to the story itself."""
    return History.objects.about(story).exclude(verb__in=BESIDE).last()


def last_decisive(story: Story) -> History | None:
    """The newest that whoever decides about it should have seen."""
    return History.objects.about(story).exclude(verb__in=HARMLESS).last()


def last_decisive_key(story: type[Story]) -> Subquery:
    """The same, as a column of a query about stories."""
    kind = ContentType.objects.get_for_model(story)
    rows: QuerySet[History] = History.objects.filter(subject_type=kind, subject_id=OuterRef("pk"))
    return Subquery(rows.exclude(verb__in=HARMLESS).order_by("-at", "-pk").values("pk")[:1])
