"""Full-text search on SQLite, the twin of the tsvector: two FTS5 tables over the same rows.

`search_stems` holds English stems, by which "bookings" finds "booked"; `search_words` plain
words, by which "bookin" finds "bookings" while somebody types. Triggers keep both.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import BigIntegerField, BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from stories.models import SearchEntry

COLUMNS = ("headline", "words", "body")
WEIGHTS = {"headline": 10, "words": 4, "body": 1}
FOUND = (
    "story_id IN (SELECT rowid FROM search_stems WHERE search_stems MATCH %s"
    " UNION SELECT rowid FROM search_words WHERE search_words MATCH %s)"
)
BEGINNING = "story_id IN (SELECT rowid FROM search_stems WHERE search_stems MATCH %s)"
HIT = "EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH %s AND rowid = story_id) * {points}"


def matching(terms: Sequence[str], *, begun: bool) -> QuerySet[SearchEntry]:
    """The entries with every term, with `score`. The last one may be `begun`: also a word's
    beginning.

    Terms are ASCII letters and digits. FTS5's own bm25 changes with every story that is told,
    which would break a cursor: the score counts where the terms stand, and stays.
    """
    *whole, last = terms
    stems = [f'"{term}"' for term in terms]
    last_word = f'"{last}" *' if begun else f'"{last}"'
    found = SearchEntry.objects.filter(_holds(FOUND, " AND ".join(stems), last_word))
    if whole:
        found = found.filter(_holds(BEGINNING, " AND ".join(stems[:-1])))
    hits: list[str] = []
    parameters: list[str] = []
    for column in COLUMNS:
        points = WEIGHTS[column]
        hits += [HIT.format(table="search_stems", points=points)] * len(terms)
        parameters += [f"{column} : {stem}" for stem in stems]
        hits.append(HIT.format(table="search_words", points=points))
        parameters.append(f"{column} : {last_word}")
    score = RawSQL("(" + " + ".join(hits) + ")", parameters, output_field=BigIntegerField())  # noqa: S611
    return found.annotate(score=score)


def _holds(sql: str, *parameters: str) -> RawSQL:
    return RawSQL(sql, parameters, output_field=BooleanField())  # noqa: S611


# The index reads its columns from the table of entries, and has to be told what it held before.
CREATE = (
    """CREATE VIRTUAL TABLE search_stems USING fts5(
        headline, words, body, content='stories_searchentry', content_rowid='story_id',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE VIRTUAL TABLE search_words USING fts5(
        headline, words, body, content='stories_searchentry', content_rowid='story_id',
        tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER search_added AFTER INSERT ON stories_searchentry BEGIN
        INSERT INTO search_stems(rowid, headline, words, body)
            VALUES (new.story_id, new.headline, new.words, new.body);
        INSERT INTO search_words(rowid, headline, words, body)
            VALUES (new.story_id, new.headline, new.words, new.body);
    END""",
    """CREATE TRIGGER search_removed AFTER DELETE ON stories_searchentry BEGIN
        INSERT INTO search_stems(search_stems, rowid, headline, words, body)
            VALUES ('delete', old.story_id, old.headline, old.words, old.body);
        INSERT INTO search_words(search_words, rowid, headline, words, body)
            VALUES ('delete', old.story_id, old.headline, old.words, old.body);
    END""",
    """CREATE TRIGGER search_changed AFTER UPDATE ON stories_searchentry BEGIN
        INSERT INTO search_stems(search_stems, rowid, headline, words, body)
            VALUES ('delete', old.story_id, old.headline, old.words, old.body);
        INSERT INTO search_stems(rowid, headline, words, body)
            VALUES (new.story_id, new.headline, new.words, new.body);
        INSERT INTO search_words(search_words, rowid, headline, words, body)
            VALUES ('delete', old.story_id, old.headline, old.words, old.body);
        INSERT INTO search_words(rowid, headline, words, body)
            VALUES (new.story_id, new.headline, new.words, new.body);
    END""",
)
DROP = (
    "DROP TRIGGER search_added",
    "DROP TRIGGER search_removed",
    "DROP TRIGGER search_changed",
    "DROP TABLE search_stems",
    "DROP TABLE search_words",
)
