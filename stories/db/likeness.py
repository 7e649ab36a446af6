"""How alike two texts are, asked the way that each engine answers it best.

PostgreSQL counts the trigrams that two texts share (pg_trgm), SQLite has us count their words.
Both leave grammar out, which every two texts of a language share (`stories.words`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from django.db import connection

from stories.words import telling_text, words_of


@dataclass(frozen=True, slots=True)
class Scale:
    """From where on a likeness, 0 to 1, says that two texts may, or must, be of one deed."""

    similar: float
    very: float


# Of 16 deeds told twice each engine finds `similar` in 15 and `very` in 11 or more; of 1,378 pairs
# of the demo company's stories one in a hundred is `similar` and none `very`
# (tests/stories/test_likeness.py).
TRIGRAMS = Scale(similar=0.27, very=0.33)
WORDS = Scale(similar=0.26, very=0.36)


def likeness(text: str, others: Sequence[str]) -> list[float]:
    """How alike `text` is to each of the others, in one query at most."""
    return by_trigrams(text, others) if has_trigrams() else by_words(text, others)


def scale() -> Scale:
    return TRIGRAMS if has_trigrams() else WORDS


def has_trigrams() -> bool:
    return connection.vendor == "postgresql"


def by_trigrams(text: str, others: Sequence[str]) -> list[float]:
    """The share of trigrams that both have, of those that either has."""
    compared = list(map(telling_text, others))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT similarity(%s, text) FROM unnest(%s::text[]) WITH ORDINALITY AS other(text, at)"
            " ORDER BY at",
            [telling_text(text), compared],
        )
        return [row[0] for row in cursor.fetchall()]


def by_words(text: str, others: Sequence[str]) -> list[float]:
    """The cosine of the words of both, each counted once."""
    words = words_of(text)
    return [_cosine(words, words_of(other)) for other in others]


def _cosine(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / sqrt(len(one) * len(other)) if one and other else 0.0
