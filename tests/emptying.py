"""Emptying the database after a test that committed.

Django's own way truncates every table, for which PostgreSQL makes and removes each file of each
index, and then writes the kinds of rows and their permissions anew. That took longer than most of
the tests after which it was done.
"""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounts.models import History

# What migrating writes, and no test: it stays.
KEPT = {model._meta.db_table for model in (ContentType, Permission)}
# PostgreSQL takes nothing else from a table that only grows.
APPEND_ONLY = History._meta.db_table


def empty() -> None:
    """Take the rows out of those tables that have any, once nobody else is writing."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [name for name in names if name not in KEPT]
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables
            )
        )
        for (name,) in cursor.fetchall():
            cursor.execute(_emptying(name))


def _emptying(name: str) -> str:
    is_guarded = connection.vendor == "postgresql" and name == APPEND_ONLY
    return f"TRUNCATE {name}" if is_guarded else f"DELETE FROM {name}"
