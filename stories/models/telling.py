"""What a teller says, as one value: the composer's answer, checked and typed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from stories.models.choices import Moment, Visibility
from stories.models.customer_group import CustomerGroup
from stories.models.value import Value

if TYPE_CHECKING:
    from stories.models.story import Story

TEXTS = (
    "headline",
    "what_they_did",
    "difference",
    "moment",
    "customer_words",
    "words_source",
    "customer_role",
    "customer_name",
    "customer_agreed",
    "photo_alt",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Everything that a story says. A draft may leave any of it empty.

    `photo` is a new upload or the name of a stored file, None to keep what there is, or False to
    take it away.
    """

    nominees: list[User] = field(default_factory=list)
    helping_hands: list[User] = field(default_factory=list)
    customer_group: CustomerGroup | None = None
    moment: str = Moment.CUSTOMER_LOVE
    headline: str = ""
    what_they_did: str = ""
    difference: str = ""
    customer_words: str = ""
    words_source: str = ""
    customer_role: str = ""
    customer_name: str = ""
    customer_agreed: bool = False
    values: list[Value] = field(default_factory=list)
    photo: UploadedFile[Any] | str | bool | None = None
    photo_alt: str = ""
    visibility: str = Visibility.COMPANY


def snapshot(story: Story) -> dict[str, Any]:
    """What the story says now, as history keeps it: texts, and people by their references."""
    told = {name: getattr(story, name) for name in TEXTS}
    return told | {
        "state": story.state,
        "visibility": story.visibility,
        "customer_group": story.customer_group.name if story.customer_group else "",
        "values": [value.name for value in story.values.all()],
        "named": [
            [named.role, named.person.ref]
            for named in story.named.select_related("person").order_by("role", "position")
        ],
        "photo": story.photo.name if story.photo else "",
    }


STANDING = frozenset({"state", "featured", "looked_at", "handed_to"})


def standing(story: Story) -> dict[str, Any]:
    """What the story says, and where it stands in its review.

    Of a feature it is the moment, "" for none: whoever takes it away may take that back, and then
    its week goes on. The release before wrote whether there was one.
    """
    return snapshot(story) | {
        "featured": story.featured_at.isoformat() if story.featured_at else "",
        "looked_at": story.looked_at is not None,
        "handed_to": story.handed_to.ref if story.handed_to else "",
    }


def fingerprint(told: dict[str, Any]) -> str:
    """A few letters that differ when what the story says does, whatever its state; a form carries
    them, so that a change made meanwhile is noticed."""
    words = {name: said for name, said in told.items() if name not in STANDING | {"visibility"}}
    return sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()[:16]
