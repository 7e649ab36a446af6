"""Which people resemble what was typed, asked the way that each engine answers it best.

Both count trigrams, the runs of three letters that two texts share: PostgreSQL's pg_trgm through
its index, SQLite through a function of ours over every row, which serves a few thousand people.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connections, transaction
from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.lookups import GreaterThanOrEqual

if TYPE_CHECKING:
    from accounts.models import User

# Two slips in a name and a surname still leave a third of the trigrams in place.
SIMILAR_ENOUGH = 0.3
WORD = re.compile(r"[^\W_]+")


def most_similar(people: QuerySet[User], typed: str, *, at_most: int) -> list[User]:
    """The people of whom `typed` (folded) reminds, the most similar first."""
    if connections[people.db].vendor == "postgresql":
        return _by_index(people, typed, at_most)
    likeness = Func(
        Value(typed), F("search_text"), function="word_similarity", output_field=FloatField()
    )
    similar = people.filter(GreaterThanOrEqual(likeness, SIMILAR_ENOUGH))
    return list(similar.order_by(likeness.desc(), "name", "pk")[:at_most])


def _by_index(people: QuerySet[User], typed: str, at_most: int) -> list[User]:
    with transaction.atomic(using=people.db), connections[people.db].cursor() as cursor:
        # The operator, which alone uses the index, reads its threshold from here.
        cursor.execute(
            "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(SIMILAR_ENOUGH)],
        )
        likeness = TrigramWordSimilarity(typed, "search_text")
        similar = people.filter(TrigramWordSimilar(F("search_text"), Value(typed)))
        return list(similar.order_by(likeness.desc(), "name", "pk")[:at_most])


def word_similarity(typed: str, text: str) -> float:
    """The share, 0 to 1, of the trigrams of `typed` that stand in `text` too.

    As pg_trgm counts them: words of letters and digits, two spaces before each and one after.
    """
    wanted = _trigrams(typed)
    return len(wanted & _trigrams(text)) / len(wanted) if wanted else 0.0


def _trigrams(text: str) -> set[str]:
    padded = (f"  {word} " for word in WORD.findall(text))
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def teach_sqlite(connection: Any, **kwargs: object) -> None:
    """Give a new SQLite connection the function that PostgreSQL has from pg_trgm."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "word_similarity", 2, word_similarity, deterministic=True
        )
