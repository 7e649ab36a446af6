"""A story's history as people read it: who did what, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import History, User
from stories import decisions
from stories.models import Story
from stories.reasons import said

# Who reported a story, and what came of it where nothing was wrong: its reviewers' alone.
OF_REPORTS = frozenset({"report", "keep", "undo keep"})


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of history. `changed` names the parts that an edit touched."""

    what: str
    who: User | None
    at: datetime
    note: str
    changed: list[str]


def timeline(story: Story, reader: User) -> list[Deed]:
    """Everything that happened to the story as far as `reader` may know, oldest first, in two
    queries."""
    rows = History.objects.about(story).select_related("actor")
    if not decisions.may_read_reports(reader, story):
        rows = rows.exclude(verb__in=OF_REPORTS)
    return deeds(rows)


def deeds(rows: Iterable[History]) -> list[Deed]:
    return [Deed(_what(row), row.actor, row.at, said(row.note), _changed(row)) for row in rows]


def _what(row: History) -> str:
    said = {
        "submit": _("Told"),
        "agree": _("Agreed"),
        "agree without photo": _("Agreed, and had the photo taken away"),
        "keep private": _("Kept private"),
        "rewrite": _("Taken back to write on"),
        "withdraw": _("Withdrawn"),
        "publish": _("Published by a reviewer"),
        "send back": _("Sent back"),
        "hide": _("Hidden"),
        "unhide": _("Shown again"),
        "report": _("Reported"),
        "keep": _("Kept as it is"),
        "feature": _("Featured"),
        "unfeature": _("Not featured any more"),
        "look": _("Looked at"),
        "hand over": _("Handed over"),
        "undo publish": _("Publishing undone"),
        "undo send back": _("Sending back undone"),
        "undo hide": _("Hiding undone"),
        "undo unhide": _("Showing again undone"),
        "undo keep": _("Keeping undone"),
        "undo feature": _("Featuring undone"),
        "undo unfeature": _("Featured after all"),
        "undo look": _("Looking undone"),
        "undo hand over": _("Handing over undone"),
        "undo send edit back": _("Sending a change back undone"),
        "edit": _("Edited"),
        "propose edit": _("A change proposed"),
        "take edit back": _("A change taken back"),
        "publish edit": _("A change published"),
        "send edit back": _("A change sent back"),
        "add voice": _("A voice added"),
        "edit voice": _("A voice edited"),
        "take voice back": _("A voice taken back"),
        "hide voice": _("A voice hidden"),
        "unhide voice": _("A voice shown again"),
    }
    if row.actor_id is None:
        said |= {
            "publish": _("Published without a review"),
            "publish edit": _("A change published without a review"),
        }
    return said.get(row.verb, row.verb)


def _changed(row: History) -> list[str]:
    """The parts of the story that an edit changed, by the names that the composer gives them."""
    if row.verb not in {"edit", "publish edit"}:
        return []
    names = {
        "headline": _("headline"),
        "what_they_did": _("what they did"),
        "difference": _("the difference"),
        "moment": _("moment"),
        "customer_group": _("customer group"),
        "values": _("values"),
        "named": _("people"),
        "customer_words": _("the customer’s words"),
        "words_source": _("where they were heard"),
        "customer_role": _("who the customer is"),
        "customer_name": _("the customer’s name"),
        "customer_agreed": _("whether they may be named"),
        "photo": _("photo"),
        "photo_alt": _("what the photo shows"),
        "visibility": _("who may see it"),
    }
    return [name for field, name in names.items() if field in row.after]
