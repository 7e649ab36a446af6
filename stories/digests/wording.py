"""Pieces of text that the digest is made of: pure functions."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SUBJECT_MAX = 42
NAMES_SHOWN = 2
LETTERS_A_WORD = 8


def subject_headline(headline: str, others: int) -> str:
    """The lead's headline cut so that with " + N" for the others it fits 42 letters."""
    return fit(headline, SUBJECT_MAX - (len(f" + {others}") if others else 0))


def fit(text: str, room: int) -> str:
    """The text in at most `room` letters, cut between words where it has any."""
    text = " ".join(text.split())
    if len(text) <= room:
        return text
    cut, space, _rest = text[: room + 1].rpartition(" ")
    if not space:
        return f"{text[: room - 1]}…"
    words = cut.split()
    while len(words) > 1 and words[-1].strip(" ,;:–-").lower() in dangling():
        words.pop()
    return " ".join(words).rstrip(" ,;:–-")


def dangling() -> list[str]:
    """Words that a headline is not left hanging on."""
    # Translators: little words that a sentence cannot end with, separated by spaces.
    return _(
        "a an and as at because before but by for from her his in of on or so that the their to "
        "until when while who with"
    ).split()


def excerpt(text: str, words: int) -> str:
    """The beginning of a text in at most `words` words: whole sentences where they fill half of
    that, else cut between words."""
    found = text.split()
    cut = " ".join(found[:words])[: words * LETTERS_A_WORD]
    if cut == " ".join(found):
        return cut
    sentences = re.match(r"^.*[.?!…。؟”](?=\s)", f"{cut} ", re.DOTALL)
    if sentences and len(sentences[0].split()) * 2 >= words:
        return sentences[0]
    return f"{cut.rstrip(' ,;:–-')} …"


def people(names: Sequence[str]) -> str:
    """ "Ana", "Ana and Tom", "Ana, Tom and 3 others"."""
    shown, more = list(names[:NAMES_SHOWN]), len(names) - NAMES_SHOWN
    if more > 0:
        shown.append(ngettext("%(count)d other", "%(count)d others", more) % {"count": more})
    return and_list(shown)


def and_list(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
