"""Updates that are compiled once a process and run for every copy.

The ORM takes about a millisecond to build the SQL of the fence: longer than everything else that
is done for one copy together.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql import UpdateQuery
from psycopg import Cursor


class Slot(Expression):
    """A value that is known only when the statement runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class PreparedUpdate:
    """`rows.update(**changes)` with slots in it, compiled the first time it runs."""

    def __init__(self, rows: QuerySet[Any, Any], **changes: Any) -> None:
        self.rows, self.changes = rows, changes
        self.compiled: tuple[str, tuple[Any, ...]] | None = None

    def run(self, **values: Any) -> int:
        """Fill the slots and return how many rows were updated."""
        sql, params = self.compiled = self.compiled or self._compile()
        bound = [_bound(param, values) for param in params]
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.execute(sql, bound)
                return int(cursor.rowcount)
        # Django sends values as literals, so that PostgreSQL would plan each statement anew.
        with connection.wrap_database_errors, Cursor(connection.connection) as prepared:
            return prepared.execute(sql, bound, prepare=True).rowcount

    def _compile(self) -> tuple[str, tuple[Any, ...]]:
        query: Any = self.rows.query.chain(UpdateQuery)
        query.add_update_values(self.changes)
        sql, params = query.get_compiler(connection=connection).as_sql()
        return sql, params


def slot(model: type[Model], name: str) -> Slot:
    """A slot for a value of that field."""
    return Slot(name, cast("Field[Any, Any]", model._meta.get_field(name)))


def _bound(param: Any, values: dict[str, Any]) -> Any:
    if not isinstance(param, Slot):
        return param
    return param.output_field.get_db_prep_value(values[param.name], connection)
