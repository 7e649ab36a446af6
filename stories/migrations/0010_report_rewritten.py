"""One more thing that may become of a report. The database stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0009_proposals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="report",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Open"),
                    ("kept", "Kept as it is"),
                    ("hidden", "Hidden"),
                    ("sent_back", "Sent back"),
                    ("withdrawn", "Withdrawn"),
                    ("narrowed", "Made private"),
                    ("rewritten", "Taken back to write on"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
