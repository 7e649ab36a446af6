"""The index that search reads: a table of folded words, and each engine's own full-text index."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models


def create(apps, schema_editor):
    for statement in _engine(schema_editor).CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in _engine(schema_editor).DROP:
        schema_editor.execute(statement)


def _engine(schema_editor):
    return import_module(f"stories.db.{schema_editor.connection.vendor}")


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("headline", models.TextField()),
                ("words", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
            },
        ),
        migrations.RunPython(create, drop),
    ]
