"""Full-text search on PostgreSQL: a generated tsvector under a GIN index.

Each text is in the vector twice: as English stems, by which "bookings" finds "booked", and as
plain words, by which "bookin" finds "bookings" while somebody types.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import BigIntegerField, BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from stories.models import SearchEntry

# ts_rank is a float4 of the document and the query alone; as an integer it makes a cursor.
SCORE = "(ts_rank('{0, 0.1, 0.4, 1}', document, %s) * 1000000)::bigint"


def matching(terms: Sequence[str], *, begun: bool) -> QuerySet[SearchEntry]:
    """The entries with every term, with `score`. The last one may be `begun`: also a word's
    beginning.

    Terms are ASCII letters and digits, so that none has a meaning in tsquery's language.
    """
    *whole, last = terms
    query = "to_tsquery('english', %s) && (to_tsquery('english', %s) || to_tsquery('simple', %s))"
    parameters = (" & ".join(whole), last, f"{last}:*" if begun else last)
    matches = RawSQL(f"document @@ ({query})", parameters, output_field=BooleanField())  # noqa: S611
    score = RawSQL(SCORE % f"({query})", parameters, output_field=BigIntegerField())  # noqa: S611
    return SearchEntry.objects.filter(matches).annotate(score=score)


CREATE = (
    """ALTER TABLE stories_searchentry ADD COLUMN document tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('english', headline), 'A')
        || setweight(to_tsvector('english', words), 'B')
        || setweight(to_tsvector('english', body), 'C')
        || setweight(to_tsvector('simple', headline), 'A')
        || setweight(to_tsvector('simple', words), 'B')
        || setweight(to_tsvector('simple', body), 'C')) STORED""",
    "CREATE INDEX search_document ON stories_searchentry USING gin (document)",
)
DROP = ("ALTER TABLE stories_searchentry DROP COLUMN document",)
