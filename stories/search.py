"""Searching what everybody may read: one function, its engines in `stories.db`."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, Self, cast

from django.db import connection
from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.http import Http404

from kudos.lib.cursor import Cursor
from kudos.lib.text import fold
from stories.models import Story
from stories.querysets import StoryQuerySet

TERMS_MAX = 8
TERM_LETTERS_MAX = 60
# With one letter begins a tenth of all words: finding them all would read the whole index.
BEGINNING_MIN = 2
# Of a word that half of all stories hold, only the newest are ranked: ranking reads every one.
RANKED_MAX = 2000
# Nobody looks for these, and each engine treats them in its own way.
STOP_WORDS = frozenset(
    """
    a an and are as at be been but by did do for from had has have he her his i in is it its me
    my no not of on or our she so than that the their them then there they this to us was we
    were what when which who whose will with you your
    """.split()  # noqa: SIM905
)


class Engine(Protocol):
    """What differs per database."""

    def matching(self, terms: Sequence[str], *, begun: bool) -> QuerySet[Any]: ...


def search(text: str, *, among: StoryQuerySet) -> StoryQuerySet:
    """The stories of the feed, `among` some of it, that hold every word of `text`, best first.

    A word also finds its other forms, and the last word, from two letters on, everything that
    begins with it. Each story gets an integer `score`. Asked for nothing, it finds nothing; no
    text is an error.
    """
    terms = to_terms(text)
    if not terms:
        return among.none().annotate(score=Value(0, BigIntegerField()))
    engine = cast(Engine, import_module(f"stories.db.{connection.vendor}"))
    begun = len(terms[-1]) >= BEGINNING_MIN
    entries = engine.matching(terms, begun=begun).filter(story=OuterRef("pk"))
    newest = among.filter(Exists(entries)).newest_first().values("pk")[:RANKED_MAX]
    found = Story.objects.filter(pk__in=newest).annotate(score=Subquery(entries.values("score")))
    return found.order_by("-score", "-published_at", "-pk")


def to_words(text: str) -> list[str]:
    """The words of a text as the index holds them: ASCII letters and digits in lower case.

    "Søren's café" is sorens, cafe: an apostrophe joins, everything else parts.
    """
    return re.findall("[a-z0-9]+", fold(text).replace("'", ""))


def to_terms(text: str) -> list[str]:
    """What to look for: up to eight words, without those that say nothing while others do."""
    words = [word[:TERM_LETTERS_MAX] for word in to_words(text)]
    telling = [word for word in words if word not in STOP_WORDS]
    return (telling or words)[:TERMS_MAX]


@dataclass(frozen=True, slots=True)
class SearchCursor:
    """The last story shown of what was found: its score, then its place on the feed."""

    score: int
    place: Cursor

    def __str__(self) -> str:
        return urlsafe_b64encode(f"{self.score}~{self.place}".encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote. Raises Http404 for anything else."""
        try:
            decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            score, place = decoded.split("~")
            if not 0 <= int(score) < 2**63:
                raise ValueError(text)
        except ValueError as error:
            raise Http404 from error
        return cls(int(score), Cursor.parse(place))

    @classmethod
    def of(cls, story: Story) -> Self:
        """The cursor of a story that `search` returned."""
        assert story.published_at is not None  # noqa: S101 -- what is found is published
        return cls(story.score, Cursor(story.published_at, story.pk))  # type: ignore[attr-defined]


def beyond(found: StoryQuerySet, cursor: SearchCursor) -> StoryQuerySet:
    """What `search` found, after the cursor."""
    place = (cursor.score, cursor.place.at, cursor.place.pk)
    return found.filter(TupleLessThan(Tuple("score", "published_at", "pk"), place))
