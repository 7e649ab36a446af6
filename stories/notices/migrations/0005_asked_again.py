from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_switches"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("celebrated", "You were celebrated"),
                    ("thanked", "You were thanked"),
                    ("asked", "May this be published?"),
                    ("asked_again", "May this be published? Once more"),
                    ("voiced", "A colleague added a voice"),
                    ("unanswered", "Nobody has answered"),
                ],
                max_length=20,
            ),
        ),
    ]
