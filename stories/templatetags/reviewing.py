"""What the review page asks of a message and of a number."""

from typing import Any

from django import template

from stories.reasons import said
from stories.review.queue import COUNTED_MOST

register = template.Library()


@register.filter
def undoable(message: Any) -> dict[str, Any]:
    """What a decision left with its message to take it back, or nothing: a story's reference and
    the deed's key (`views.review.deciding.tell`), or a tab, milliseconds and several of both, as
    the form sends them (`views.review.bulk`)."""
    kind, *rest = (message.extra_tags or "").split(" ")
    if kind == "undo":
        return {"ref": rest[0], "deed": rest[1]}
    if kind == "undo-several":
        return {"tab": rest[0], "milliseconds": rest[1], "several": rest[2:]}
    return {}


@register.filter
def stored_reason(note: str) -> str:
    """Why Kudos itself did something, in the reader's language."""
    return said(note)


@register.filter
def capped(count: int) -> str:
    """ "99+" for what is counted no further."""
    return f"{COUNTED_MOST}+" if count > COUNTED_MOST else str(count)
