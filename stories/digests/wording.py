"""Pieces of text that the digest is made of: pure functions."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from stories.digests.addresses import one_line

SUBJECT_MAX = 42
NAMES_SHOWN = 2
# Scripts that put no space between two words: Japanese and Chinese; Thai, Lao, Burmese and Khmer.
EAST = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
SPACED = rf"[^\s{EAST}{SOUTH_EAST}]"
# What is read as one word. An endless one counts as several, so that words bound the letters too.
WORD = re.compile(rf"[{EAST}]{{1,2}}|[{SOUTH_EAST}]{{1,5}}|{SPACED}{{1,12}}")
QUOTED = re.compile(r"[\"“„«]([^\"“”„«»]+)[\"”“»]")
SENTENCES = re.compile(r".*(?:[.?!…؟।][”’»)]?(?=\s)|[。！？][」』]?)", re.DOTALL)
# Where a clause ends; not the comma in 1,000 nor the hyphen in one-way.
CLAUSE = re.compile(r"[,;:](?=\s)|\s[-–—](?=\s)")
EDGES = " ,;:–-"


def subject_headline(headline: str, others: int) -> str:
    """The lead's headline cut so that with " + N" for the others it fits 42 letters. Where it was
    cut it ends with "…": where a clause ends if that leaves two thirds of the room, else between
    words."""
    room = SUBJECT_MAX - (len(f" + {others}") if others else 0)
    text = one_line(headline)
    if len(text) <= room:
        return text
    clauses = [end.start() for end in CLAUSE.finditer(text) if end.start() < room]
    if clauses and clauses[-1] * 3 >= room * 2:
        return f"{text[: clauses[-1]].rstrip(EDGES)}…"
    return f"{fit(text, room - 1).rstrip('…')}…"


def fit(text: str, room: int) -> str:
    """The text in at most `room` letters, cut between words where it has any."""
    text = one_line(text)
    if len(text) <= room:
        return text
    cut, space, _rest = text[: room + 1].rpartition(" ")
    if not space:
        return f"{text[: room - 1]}…"
    words = cut.split()
    while len(words) > 1 and words[-1].strip(EDGES).lower() in dangling():
        words.pop()
    return " ".join(words).rstrip(EDGES)


def dangling() -> list[str]:
    """Words that a headline is not left hanging on."""
    # Translators: little words that a sentence cannot end with, separated by spaces.
    return _(
        "a an and as at because before but by for from her his in of on or so that the their to "
        "until when while who with"
    ).split()


def count(text: str) -> int:
    """How many words there are to read, at least as many as there are between spaces."""
    return len(WORD.findall(text))


def excerpt(text: str, words: int) -> str:
    """The beginning of a text in at most `words` words, on one line: whole sentences where they
    fill half of that, else cut between words where half of it is left so."""
    text = one_line(text)
    ends = [word.end() for word in WORD.finditer(text)]
    if len(ends) <= words:
        return text
    cut = text[: ends[words - 1]]
    sentences = SENTENCES.match(f"{cut} ")
    if sentences and count(sentences[0]) * 2 >= words:
        return sentences[0].rstrip()
    is_split = re.match(f"{SPACED}{{2}}", text[len(cut) - 1 : len(cut) + 1])
    whole, _space, _rest = cut.rpartition(" ")
    if is_split and len(whole) * 2 < len(cut):
        return f"{cut}…"
    return f"{(whole if is_split else cut).rstrip(EDGES)} …"


def passage(text: str, words: int) -> str:
    """The beginning of a text in at most `words` words, line by line as it was written; of several
    empty lines in a row one is left. The line with the last word ends as an excerpt does."""
    kept: list[str] = []
    for line in map(one_line, text.strip().splitlines()):
        room = words - sum(map(count, kept))
        if line and not room:
            break
        if line or kept[-1]:
            kept.append(excerpt(line, room))
        if kept[-1] != line and line:
            break
    return "\n".join(kept).strip()


def unquoted(text: str) -> str:
    """A quotation without marks of its own: the mail sets them."""
    inside = QUOTED.fullmatch(text.strip())
    return inside[1] if inside else text


def few(parts: Sequence[str], most: int = NAMES_SHOWN) -> str:
    """ "Ana", "Ana and Tom", "Ana, Tom and 3 others"."""
    shown, more = list(parts[:most]), len(parts) - most
    if more > 0:
        shown.append(ngettext("%(count)s other", "%(count)s others", more) % {"count": more})
    if len(shown) < 2:
        return "".join(shown)
    first = pgettext("between names", ", ").join(shown[:-1])
    return pgettext("names", "{first} and {last}").format(first=first, last=shown[-1])


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Which way the text runs, by its first letter that runs at all (UAX #9, P2), else as the
    mail does. Said outright: many mail programs do not know `dir="auto"`."""
    for letter in text:
        match unicodedata.bidirectional(letter):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "rtl" if get_language_bidi() else "ltr"
