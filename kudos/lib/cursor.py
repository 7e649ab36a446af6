"""Pages by cursor: a position in an order, never an offset that slides while people write."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from django.db.models import QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.http import Http404


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row shown: its moment (aware, to the microsecond) and its primary key."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        text = f"{self.at.astimezone(UTC).isoformat()}|{self.pk}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote. Raises Http404 for anything else: a cursor is an address."""
        try:
            decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
            moment, pk = decoded.split("|")
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None or not 0 < int(pk) < 2**63:
                raise ValueError(text)
            return cls(at.astimezone(UTC), int(pk))
        except (ValueError, OverflowError) as error:
            raise Http404 from error


def before[Q: QuerySet[Any]](rows: Q, cursor: Cursor, *, field: str) -> Q:
    """The rows after the cursor in the order (-field, -pk).

    A row-wise comparison, which PostgreSQL turns into one bound of an index scan; the
    same condition spelled with OR would be a filter over rows already read.
    """
    return rows.filter(TupleLessThan(Tuple(field, "pk"), (cursor.at, cursor.pk)))


def after[Q: QuerySet[Any]](rows: Q, cursor: Cursor, *, field: str) -> Q:
    """The rows after the cursor in the order (field, pk)."""
    return rows.filter(TupleGreaterThan(Tuple(field, "pk"), (cursor.at, cursor.pk)))
