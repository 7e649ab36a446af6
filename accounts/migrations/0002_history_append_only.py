from importlib import import_module
from typing import Any

from django.db import migrations


def protect_history(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(_engine(schema_editor).PROTECT_HISTORY)


def unprotect_history(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(_engine(schema_editor).UNPROTECT_HISTORY)


def _engine(schema_editor: Any) -> Any:
    return import_module(f"accounts.db.{schema_editor.connection.vendor}")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunPython(protect_history, unprotect_history)]
