"""Why Kudos itself did something to a story: stored in English, and shown in the language of
whoever reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REPORTED = gettext_noop(
    "Readers reported it, so it waits hidden until a reviewer has looked at it."
)

REASONS = frozenset({REPORTED})


def said(note: str) -> str:
    """A stored reason in the language of the moment; what a person wrote stays as it is."""
    return _(note) if note in REASONS else note
