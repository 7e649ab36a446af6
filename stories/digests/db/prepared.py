"""Statements that are compiled once a process, and parsed once a connection.

The ORM takes about a millisecond to build the SQL of the fence: longer than everything else that
is done for one copy together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.enums import Choices
from django.db.models.sql import UpdateQuery
from django.utils.functional import cached_property
from psycopg.sql import Literal

# What each connection keeps: a prepared statement lasts as long as its connection.
_kept: WeakKeyDictionary[psycopg.Connection[Any], set[str]] = WeakKeyDictionary()


class Slot(Expression):
    """A value that is known only when the statement runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.prepare = field.get_db_prep_value

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class Prepared:
    """What the ORM can compile, with slots in it, compiled the first time it runs. `name` is what
    PostgreSQL keeps it under."""

    def __init__(self, name: str, rows: QuerySet[Any, Any]) -> None:
        self.name, self.rows = name, rows

    def execute(self, cursor: Any, values: dict[str, Any]) -> None:
        """Run it with its slots filled."""
        if connection.vendor == "postgresql":
            self.keep()
            texts = ", ".join(map(_literal, self.texts(values)))
            cursor.execute(f"EXECUTE {self.name} ({texts})")
        else:
            cursor.execute(self.sql, [_filled(param, values) for param in self.params])

    @property
    def is_kept(self) -> bool:
        """Whether this PostgreSQL connection knows it."""
        return self.name in _kept.get(connection.connection, ())

    def keep(self) -> None:
        """Let PostgreSQL parse it once for all that will run over this connection."""
        connection.ensure_connection()
        if not self.is_kept:
            with connection.cursor() as cursor:
                cursor.execute(self.preparation())
            _kept.setdefault(connection.connection, set()).add(self.name)

    def preparation(self) -> str:
        """PostgreSQL's statement that keeps this one under its name, all but the slots written
        out: what it is to match no index can be chosen by else."""
        numbers = {name: f"${number}" for number, name in enumerate(self.slots, 1)}
        texts = [
            numbers[param.name] if isinstance(param, Slot) else _literal(param)
            for param in self.params
        ]
        return f"PREPARE {self.name} AS {self.sql % tuple(texts)}"

    def texts(self, values: dict[str, Any]) -> list[str]:
        """The slots' values as the kept statement takes them: text, of types that it knows."""
        return [str(values[name]) for name in self.slots]

    @cached_property
    def slots(self) -> list[str]:
        return list(dict.fromkeys(param.name for param in self.params if isinstance(param, Slot)))

    @property
    def sql(self) -> str:
        return self.compiled[1]

    @property
    def params(self) -> list[Any]:
        return self.compiled[2]

    # All in one, so that no thread finds half of another's.
    @cached_property
    def compiled(self) -> tuple[Any, str, list[Any]]:
        """The compiler, once it has compiled, and the SQL and the parameters that it made."""
        compiler = self.query().get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        plain = [param.value if isinstance(param, Choices) else param for param in params]
        return compiler, sql, plain

    def query(self) -> Any:
        """What is compiled."""
        return self.rows.query


class PreparedUpdate(Prepared):
    """`rows.update(**changes)`."""

    def __init__(self, name: str, rows: QuerySet[Any, Any], **changes: Any) -> None:
        super().__init__(name, rows)
        self.changes = changes

    def run(self, **values: Any) -> int:
        """Fill the slots, and return how many rows were updated."""
        with connection.cursor() as cursor:
            self.execute(cursor, values)
            return int(cursor.rowcount)

    def query(self) -> Any:
        query: Any = self.rows.query.chain(UpdateQuery)
        query.add_update_values(self.changes)
        return query


class PreparedSelect(Prepared):
    """`rows.values_list(*fields)[:most]`."""

    def __init__(
        self, name: str, rows: QuerySet[Any, Any], fields: Iterable[str], most: int
    ) -> None:
        super().__init__(name, rows.values_list(*fields)[:most])

    def run(self, **values: Any) -> list[tuple[Any, ...]]:
        """Fill the slots, and return what was found."""
        with connection.cursor() as cursor:
            self.execute(cursor, values)
            found = cursor.fetchall()
        compiler, _sql, _params = self.compiled
        return list(compiler.results_iter([found], tuple_expected=True))


def slot(model: type[Model], name: str) -> Slot:
    """A slot for a value of that field."""
    return Slot(name, cast("Field[Any, Any]", model._meta.get_field(name)))


def _literal(value: Any) -> str:
    """As SQL says it; PostgreSQL reads a text as what the slot is of."""
    return Literal(value).as_string(connection.connection)


def _filled(param: Any, values: dict[str, Any]) -> Any:
    return param.prepare(values[param.name], connection) if isinstance(param, Slot) else param
