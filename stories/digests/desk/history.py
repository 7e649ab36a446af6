"""What was done at the desk: all that history holds of editions, of the schedule, and of addresses
that get mail again.

History holds stories by reference alone. Which one a row is about is told as its reader may see it
today: one that was kept private since is not named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Company, History, User
from kudos.lib.cursor import Cursor, before
from stories.digests.desk.verbs import DeskVerb
from stories.digests.forms.schedule import SCHEDULE
from stories.digests.models import Edition, Suppression
from stories.digests.reasons import said
from stories.models import Story

ROWS_A_PAGE = 50
# What of an edition may be shown as it was.
OWN_WORDS = ("own_subject", "note")


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, in words."""

    label: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of history. `edition` is None where it is not about one; `address` is whose
    suppression was lifted, else "". `story` is the one that was moved, added or taken out, None
    where there is none or its reader may not see it; `was` and `became` are its places, 1 first,
    None where it was not moved."""

    what: str
    who: User | None
    at: datetime
    note: str
    edition: Edition | None
    address: str
    changes: list[Change]
    story: Story | None
    was: int | None
    became: int | None


class Move(NamedTuple):
    """Which story a row is about, by reference or "", and its places where it was moved."""

    ref: str = ""
    was: int | None = None
    became: int | None = None


NO_MOVE = Move()


def deeds(after: str, *, reader: User) -> tuple[list[Deed], str]:
    """Up to 50 deeds as `reader` may see them, newest first, and the cursor of the next page or "".
    Raises Http404 for a forged `after`."""
    rows = done_at_the_desk().select_related("actor").order_by("-at", "-pk")
    if after:
        rows = before(rows, Cursor.parse(after), field="at")
    page = list(rows[: ROWS_A_PAGE + 1])
    shown = page[:ROWS_A_PAGE]
    edition_type = type_of(Edition)
    keys = {row.subject_id for row in shown if row.subject_type_id == edition_type}
    editions = Edition.objects.in_bulk(keys)
    moves = {row.pk: _move(row) for row in shown if row.subject_type_id == edition_type}
    visible = Story.objects.visible_to(reader).filter(ref__in={move.ref for move in moves.values()})
    stories = {story.ref: story for story in visible.only("ref", "headline")}
    told = [
        _deed(
            row,
            editions.get(row.subject_id) if row.subject_type_id == edition_type else None,
            moves.get(row.pk, NO_MOVE),
            stories,
        )
        for row in shown
    ]
    is_more = len(page) > ROWS_A_PAGE
    return told, str(Cursor(shown[-1].at, shown[-1].pk)) if is_more else ""


def done_at_the_desk() -> QuerySet[History]:
    """Of the company's row only what the schedule holds: its name and its colour are no matter of
    the digest."""
    of_the_digest = Q(subject_type__in=[type_of(Edition), type_of(Suppression)])
    of_the_schedule = Q(subject_type=type_of(Company), after__has_any_keys=SCHEDULE)
    return History.objects.filter(of_the_digest | of_the_schedule)


def type_of(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model).pk


def _deed(row: History, edition: Edition | None, move: Move, stories: dict[str, Story]) -> Deed:
    is_schedule = row.subject_type_id == type_of(Company)
    story = stories.get(move.ref)
    return Deed(
        what=_("Changed the schedule") if is_schedule else _what(row.verb),
        who=row.actor,
        at=row.at,
        note=said(row.note),
        edition=edition,
        address=str(row.before.get("address", "")),
        changes=list(_changes(row, Company if is_schedule else Edition)),
        story=story,
        was=move.was if story else None,
        became=move.became if story else None,
    )


def _move(row: History) -> Move:
    before, after = row.before.get("stories"), row.after.get("stories")
    if before and after:
        return _dragged(before, after)
    ref = str(row.after.get("story") or row.before.get("story") or "")
    if row.verb != DeskVerb.MOVE:
        return Move(ref)
    return Move(ref, row.before["place"] + 1, row.after["place"] + 1)


def _dragged(before: list[str], after: list[str]) -> Move:
    """The one story that was put elsewhere; no move where several were."""
    for ref in after:
        if [one for one in before if one != ref] == [one for one in after if one != ref]:
            return Move(ref, before.index(ref) + 1, after.index(ref) + 1)
    return NO_MOVE


def _what(verb: str) -> str:
    return str(DeskVerb(verb).label) if verb in DeskVerb.values else verb


def _changes(row: History, model: type[Model]) -> Iterator[Change]:
    for name in SCHEDULE if model is Company else OWN_WORDS:
        if name in row.after:
            field = model._meta.get_field(name)
            label = str(getattr(field, "verbose_name", name))
            was, became = (_in_words(field, values.get(name)) for values in (row.before, row.after))
            yield Change(label[:1].upper() + label[1:], was, became)


def _in_words(field: Any, value: Any) -> str:
    """As its form shows it; "nothing" where it was empty."""
    if value in (None, ""):
        return _("nothing")
    return str(dict(field.flatchoices).get(value, value))
