"""What was done at the desk: all that history holds of editions, of the schedule, and of addresses
that get mail again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Company, History, User
from kudos.lib.cursor import Cursor, before
from stories.digests.desk.verbs import DeskVerb
from stories.digests.forms.schedule import SCHEDULE
from stories.digests.models import Edition, Suppression
from stories.digests.reasons import said

ROWS_A_PAGE = 50
# What of an edition may be shown as it was: never a story, which may be private by now.
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
    suppression was lifted, else ""."""

    what: str
    who: User | None
    at: datetime
    note: str
    edition: Edition | None
    address: str
    changes: list[Change]


def deeds(after: str) -> tuple[list[Deed], str]:
    """Up to 50 deeds, newest first, and the cursor of the next page or "". Raises Http404 for a
    forged `after`."""
    rows = done_at_the_desk().select_related("actor").order_by("-at", "-pk")
    if after:
        rows = before(rows, Cursor.parse(after), field="at")
    page = list(rows[: ROWS_A_PAGE + 1])
    shown = page[:ROWS_A_PAGE]
    edition_type = type_of(Edition)
    keys = {row.subject_id for row in shown if row.subject_type_id == edition_type}
    editions = Edition.objects.in_bulk(keys)
    told = [
        _deed(row, editions.get(row.subject_id) if row.subject_type_id == edition_type else None)
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


def _deed(row: History, edition: Edition | None) -> Deed:
    is_schedule = row.subject_type_id == type_of(Company)
    return Deed(
        what=_("Changed the schedule") if is_schedule else _what(row.verb),
        who=row.actor,
        at=row.at,
        note=said(row.note),
        edition=edition,
        address=str(row.before.get("address", "")),
        changes=list(_changes(row, Company if is_schedule else Edition)),
    )


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
