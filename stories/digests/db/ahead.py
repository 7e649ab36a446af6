"""Updates that the database is asked for while this process goes on with something else."""

from __future__ import annotations

from collections import deque
from types import TracebackType
from typing import Any, Self
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg import generators
from psycopg.pq import ConnStatus, ExecStatus

from stories.digests.db.prepared import PreparedUpdate

# What each connection keeps: a prepared statement lasts as long as its connection.
_kept: WeakKeyDictionary[psycopg.Connection[Any], set[str]] = WeakKeyDictionary()


class Asked:
    """An update that is under way."""

    def __init__(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self.outcome: int | psycopg.Error | None = None

    def rows(self) -> int:
        """How many rows it changed, waited for. Raises what it failed with."""
        if self.outcome is None:
            self._ahead.settle()
        if isinstance(self.outcome, int):
            return self.outcome
        with connection.wrap_database_errors:
            raise self.outcome or psycopg.OperationalError("The connection is gone.")


class Ahead:
    """Each update is a transaction of its own, and they happen in the order in which they were
    begun. Until `settle` has returned, nothing else may use the connection.

    PostgreSQL works on them meanwhile, in libpq's pipeline mode; SQLite does each at once.
    """

    def __init__(self) -> None:
        self._under_way: deque[Asked] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.settle()

    def begin(self, update: PreparedUpdate, **values: Any) -> Asked:
        """Fill the update's slots and let it run."""
        asked = Asked(self)
        if connection.vendor == "postgresql":
            self._send(update, values)
            self._under_way.append(asked)
        else:
            asked.outcome = update.run(**values)
        return asked

    def settle(self) -> None:
        """Wait for all that is under way. Raises what the first that failed raises."""
        if not self._under_way:
            return
        failed: list[psycopg.Error] = []
        while self._under_way:
            asked = self._under_way.popleft()
            try:
                asked.outcome = self._receive()
            except psycopg.Error as error:
                asked.outcome = error
                failed.append(error)
        with connection.wrap_database_errors:
            if self._raw.pgconn.status == ConnStatus.OK:
                self._raw.pgconn.exit_pipeline_mode()
            if failed:
                raise failed[0]

    @property
    def _raw(self) -> psycopg.Connection[Any]:
        raw: psycopg.Connection[Any] = connection.connection
        return raw

    def _send(self, update: PreparedUpdate, values: dict[str, Any]) -> None:
        connection.ensure_connection()
        raw = self._raw
        if update.name not in _kept.setdefault(raw, set()):
            self.settle()
            with connection.cursor() as cursor:
                cursor.execute(update.preparation())
            _kept[raw].add(update.name)
        with connection.wrap_database_errors:
            if not self._under_way:
                raw.pgconn.enter_pipeline_mode()
            raw.pgconn.send_query_prepared(update.name.encode(), update.bound(values))
            raw.pgconn.pipeline_sync()
            raw.wait(generators.send(raw.pgconn))

    def _receive(self) -> int:
        """The rows of the update that was begun first."""
        raw = self._raw
        [result] = raw.wait(generators.fetch_many(raw.pgconn))
        raw.wait(generators.fetch_many(raw.pgconn))  # the end of its transaction
        if result.status != ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(result)
        return result.command_tuples or 0
