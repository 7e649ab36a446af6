"""Updates that the database is asked for while this process goes on with something else."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from stories.digests.db.prepared import PreparedUpdate

type Call = tuple[PreparedUpdate, dict[str, Any]]


class Asked:
    """An update that is under way, with those that were put off until it."""

    def __init__(self, ahead: Ahead, calls: list[Call]) -> None:
        self.ahead, self.calls = ahead, calls
        self.outcome: int | psycopg.Error | None = None

    def rows(self) -> int:
        """How many rows it changed, waited for. Raises what it failed with."""
        if self.outcome is None:
            self.ahead.settle()
        if isinstance(self.outcome, int):
            return self.outcome
        with self.ahead.connection.wrap_database_errors:
            raise self.outcome or psycopg.OperationalError("The connection is gone.")


class Ahead:
    """Updates that happen in the order in which they were begun, each a transaction of its own.
    Until `settle` has returned, nothing else may use the connection.

    PostgreSQL works on them meanwhile, in libpq's pipeline mode; SQLite does each at once.
    """

    def __init__(self) -> None:
        # Not the proxy, which looks for this thread's connection each time.
        self.connection = connections[DEFAULT_DB_ALIAS]
        self._put_off: list[Call] = []
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

    def put_off(self, update: PreparedUpdate, **values: Any) -> None:
        """Let it happen with what is begun or settled next, in one transaction: one commit, and
        one wait for the disk, serves both."""
        self._put_off.append((update, values))

    def begin(self, update: PreparedUpdate, **values: Any) -> Asked:
        """Fill the update's slots and let it run."""
        return self._begin([*self._put_off, (update, values)])

    def settle(self) -> None:
        """Wait for all that is under way. Raises what the first that failed raises."""
        if self._put_off:
            self._begin(self._put_off)
        if not self._under_way:
            return
        raw = self._raw
        failed: list[psycopg.Error] = []
        while self._under_way:
            asked = self._under_way.popleft()
            try:
                asked.outcome = _receive(raw, len(asked.calls))
            except psycopg.Error as error:
                asked.outcome = error
                failed.append(error)
            except BaseException:
                # Whoever interrupts this leaves answers on the line that nobody could tell apart.
                self._under_way.clear()
                raw.close()
                raise
        with self.connection.wrap_database_errors:
            if raw.pgconn.status == ConnStatus.OK:
                raw.pgconn.exit_pipeline_mode()
            if failed:
                raise failed[0]

    def _begin(self, calls: list[Call]) -> Asked:
        self._put_off = []
        asked = Asked(self, calls)
        if self.connection.vendor == "postgresql":
            self._send(calls)
            self._under_way.append(asked)
        else:
            with transaction.atomic():
                asked.outcome = [update.run(**values) for update, values in calls][-1]
        return asked

    @property
    def _raw(self) -> psycopg.Connection[Any]:
        raw: psycopg.Connection[Any] = self.connection.connection
        return raw

    def _send(self, calls: list[Call]) -> None:
        self.connection.ensure_connection()
        raw = self._raw
        self._keep(update for update, _values in calls)
        try:
            with self.connection.wrap_database_errors:
                if not self._under_way:
                    raw.pgconn.enter_pipeline_mode()
                for update, values in calls:
                    texts = [text.encode() for text in update.texts(values)]
                    raw.pgconn.send_query_prepared(update.name.encode(), texts)
                raw.pgconn.pipeline_sync()
                if raw.pgconn.flush():
                    raw.wait(generators.send(raw.pgconn))
        except BaseException:
            # Half of it may be on the line.
            raw.close()
            raise

    def _keep(self, updates: Iterable[PreparedUpdate]) -> None:
        for update in updates:
            if not update.is_kept:
                self.settle()
                update.keep()


def _receive(raw: psycopg.Connection[Any], calls: int) -> int:
    """The rows of the last of that many calls, the transaction that was begun first."""
    results = raw.wait(_answers(raw.pgconn, calls))
    for result in results:
        if result.status != ExecStatus.COMMAND_OK:
            raise psycopg.errors.error_from_result(result)
    return results[-1].command_tuples or 0


def _answers(pgconn: PGconn, calls: int) -> PQGen[list[PGresult]]:
    """Each call's, and the end of their transaction, waited for at once."""
    answers = []
    for _call in range(calls):
        (answer,) = yield from generators.fetch_many(pgconn)
        answers.append(answer)
    yield from generators.fetch_many(pgconn)
    return answers
