"""How long a commit waits for the disk."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import CharField, Func, QuerySet, Value


def hurried[Rows: QuerySet[Any, Any]](rows: Rows) -> Rows:
    """The same rows; a statement of its own on them does not wait until the disk has its commit.

    For what the next waiting commit of the same process confirms: PostgreSQL writes its log in
    order, so that a crash can lose no more than the last such statement.
    """
    if connection.vendor != "postgresql":
        return rows
    off = Func(
        Value("synchronous_commit"),
        Value("off"),
        Value(True),  # for this transaction alone
        function="SET_CONFIG",
        output_field=CharField(),
    )
    return rows.alias(hurried=off).filter(hurried="off")
