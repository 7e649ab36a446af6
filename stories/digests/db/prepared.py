"""Updates that are compiled once a process, and planned once a connection, for every copy.

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
from psycopg.sql import Literal


class Slot(Expression):
    """A value that is known only when the statement runs."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name
        self.prepare = field.get_db_prep_value

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class PreparedUpdate:
    """`rows.update(**changes)` with slots in it, compiled the first time it runs. `name` is what
    PostgreSQL keeps it under."""

    def __init__(self, name: str, rows: QuerySet[Any, Any], **changes: Any) -> None:
        self.name, self.rows, self.changes = name, rows, changes

    def run(self, **values: Any) -> int:
        """Fill the slots, and return how many rows were updated."""
        sql, params = self.compiled
        bound = [
            param.prepare(values[param.name], connection) if isinstance(param, Slot) else param
            for param in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, bound)
            return int(cursor.rowcount)

    def preparation(self) -> str:
        """PostgreSQL's statement that keeps this one under its name, all but the slots written
        out: what it is to match no index can be chosen by else."""
        sql, params = self.compiled
        numbers = {name: f"${number}" for number, name in enumerate(self.slots, 1)}
        texts = [
            numbers[param.name]
            if isinstance(param, Slot)
            else Literal(param).as_string(connection.connection)
            for param in params
        ]
        return f"PREPARE {self.name} AS {sql % tuple(texts)}"

    def bound(self, values: dict[str, Any]) -> list[bytes]:
        """The slots' values as the kept statement takes them: text, of types that it knows."""
        return [str(values[name]).encode() for name in self.slots]

    @cached_property
    def slots(self) -> list[str]:
        _sql, params = self.compiled
        return list(dict.fromkeys(param.name for param in params if isinstance(param, Slot)))

    @cached_property
    def compiled(self) -> tuple[str, list[Any]]:
        query: Any = self.rows.query.chain(UpdateQuery)
        query.add_update_values(self.changes)
        sql, params = query.get_compiler(connection=connection).as_sql()
        return sql, [param.value if isinstance(param, Choices) else param for param in params]


def slot(model: type[Model], name: str) -> Slot:
    """A slot for a value of that field."""
    return Slot(name, cast("Field[Any, Any]", model._meta.get_field(name)))
