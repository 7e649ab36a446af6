"""What text may hold, and how it is compared."""

import unicodedata

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Embeddings, overrides and isolates (UAX #9) reorder the text around them; plain
# right-to-left letters need none of them, so names in Hebrew or Arabic pass.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LINE_ENDINGS = frozenset("\n\r\t")


def validate_plain_text(value: str) -> None:
    """Raise ValidationError when the text holds control or reordering characters."""
    if any(_is_unwelcome(character) for character in value):
        raise ValidationError(
            _("This contains invisible control characters. Remove them, or type it afresh."),
            code="control_characters",
        )


def _is_unwelcome(character: str) -> bool:
    if character in LINE_ENDINGS:
        return False
    return character in REORDERING or unicodedata.category(character) in {"Cc", "Cs"}


def one_line(value: str) -> str:
    """The text with every run of white space, line breaks included, made one space."""
    return " ".join(value.split())


def fold(value: str) -> str:
    """Lower case, accents and scripts reduced to ASCII: 'Søren' and 'SOREN' compare equal."""
    return one_line(anyascii(value).casefold())
