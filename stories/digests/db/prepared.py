"""Updates that are compiled once a process and run for every copy.

The ORM takes about a millisecond to build the SQL of the fence: longer than everything else that
is done for one copy together.
"""

from __future__ import annotations

from typing import Any, cast

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.enums import Choices
from django.db.models.sql import UpdateQuery
from django.utils.functional import cached_property
from psycopg import Cursor


class Slot(Expression):
    """A value that is known only when the statement runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.prepare = field.get_db_prep_value

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class PreparedUpdate:
    """`rows.update(**changes)` with slots in it, compiled the first time it runs."""

    def __init__(self, rows: QuerySet[Any, Any], **changes: Any) -> None:
        self.rows, self.changes = rows, changes

    def run(self, **values: Any) -> int:
        """Fill the slots and return how many rows were updated."""
        sql, params = self.compiled
        bound = [
            param.prepare(values[param.name], connection) if isinstance(param, Slot) else param
            for param in params
        ]
        if connection.vendor == "postgresql":
            return self._run_prepared(sql, bound)
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            return int(cursor.rowcount)

    def _run_prepared(self, sql: str, bound: list[Any]) -> int:
        """By a statement that PostgreSQL keeps; Django would send it anew with its values in it."""
        connection.ensure_connection()
        with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
            return cursor.execute(sql, bound, prepare=True).rowcount

    @cached_property
    def compiled(self) -> tuple[str, list[Any]]:
        query: Any = self.rows.query.chain(UpdateQuery)
        query.add_update_values(self.changes)
        sql, params = query.get_compiler(connection=connection).as_sql()
        return sql, [param.value if isinstance(param, Choices) else param for param in params]


def slot(model: type[Model], name: str) -> Slot:
    """A slot for a value of that field."""
    return Slot(name, cast("Field[Any, Any]", model._meta.get_field(name)))
