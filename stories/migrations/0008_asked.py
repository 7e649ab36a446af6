import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0006_review"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name="voice",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="voice",
            name="hidden_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="voice",
            name="hidden_note",
            field=models.TextField(db_default="", default="", editable=False),
        ),
    ]
