"""The index behind colleague search, where the engine has trigrams of its own."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def index_trigrams(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX user_search_trigrams ON accounts_user USING gin (search_text gin_trgm_ops)"
        )


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX user_search_trigrams")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_history_append_only")]

    operations = [migrations.RunPython(index_trigrams, drop_index)]
