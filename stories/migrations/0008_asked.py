from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_review"),
    ]

    operations = [
        migrations.AlterField(
            model_name="named",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not asked"),
                    ("asked", "Asked"),
                    ("agreed", "Agreed"),
                    ("agreed_without_photo", "Agreed without the photo"),
                    ("kept_private", "Kept private"),
                ],
                default="",
                max_length=20,
                verbose_name="answer",
            ),
        ),
        migrations.AddField(
            model_name="named",
            name="asked_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
