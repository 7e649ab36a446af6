"""Why Kudos itself did something to a story: stored in English, and shown in the language of
whoever reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REPORTED = gettext_noop(
    "Readers reported it, so it waits hidden until a reviewer has looked at it."
)
UNREADABLE = gettext_noop(
    "No reviewer is left who may decide about this change, and readers cannot read it as it is: "
    "somebody in it has left, or something is missing. Send it again to see what."
)

REASONS = frozenset({REPORTED, UNREADABLE})


def said(note: str) -> str:
    """A stored reason in the language of the moment; what a person wrote stays as it is."""
    return _(note) if note in REASONS else note
