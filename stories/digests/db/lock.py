"""One ticker at a time, on either engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number that nothing else in this database locks: "digest" in ASCII.
TICKER = 0x646967657374


@contextmanager
def only_ticker() -> Iterator[bool]:
    """True while nobody else holds the lock; False at once on PostgreSQL where somebody does.

    PostgreSQL drops the lock with the connection, so a ticker that dies leaves nothing behind.
    SQLite has one writer: its immediate transaction makes the second ticker wait its turn.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [TICKER])
        (alone,) = cursor.fetchone()
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [TICKER])
