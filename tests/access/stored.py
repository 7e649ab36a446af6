"""What the database holds, and who writes to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.db import connection

# A session belongs to one browser and holds nothing of the company: what a page says once is taken
# out of it, and allauth keeps the key of a link for a new password there while its owner is at it.
OF_ONE_BROWSER = "django_session"
WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE")


def stored() -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a digest of all that they say."""
    tables = set(connection.introspection.table_names()) - {OF_ONE_BROWSER}
    return {table: _content(table) for table in tables}


def _content(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        rows = sorted(map(repr, cursor.fetchall()))
    return len(rows), sha256("\n".join(rows).encode()).hexdigest()


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements that write, as they are made: they name the page that is to blame, and tell
    of a row that is written as it was."""
    seen: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITING) and OF_ONE_BROWSER not in sql:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield seen
