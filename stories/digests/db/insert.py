"""INSERT … SELECT, which the ORM does not speak, from what it can compile."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, Func, Model, QuerySet
from django.db.models.expressions import RawSQL

from stories.digests.db.prepared import Slot


class RandomHex(Func):
    """32 random hexadecimal digits a row, made by the database's strong generator: 122 bits of
    them random on PostgreSQL (RFC 9562, version 4), all 128 on SQLite."""

    output_field = CharField()
    arity = 0

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "REPLACE(GEN_RANDOM_UUID()::text, '-', '')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "LOWER(HEX(RANDOMBLOB(16)))"
        return self.as_sql(compiler, connection, template=template, **context)


def among(keys: Sequence[int] | Slot) -> RawSQL:
    """The keys as one text in JSON, for `pk__in`: thousands of values of their own take longer to
    write and to read than their rows to find."""
    text = keys if isinstance(keys, Slot) else json.dumps(list(keys))
    if connection.vendor == "postgresql":
        return RawSQL("SELECT JSON_ARRAY_ELEMENTS_TEXT(%s::json)::bigint", [text])
    return RawSQL("SELECT value FROM JSON_EACH(%s)", [text])


def insert_from(rows: QuerySet[Any, Any], model: type[Model]) -> int:
    """Insert what `rows` selects, each value into the column that it is named after, and return
    how many. A row that would break a constraint is left out."""
    quote = connection.ops.quote_name
    select, params = rows.query.sql_with_params()
    columns = ", ".join(map(quote, rows.query.annotation_select))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) {select} ON CONFLICT DO NOTHING",
            params,
        )
        return int(cursor.rowcount)
