from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_voiced"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="occasion",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_once",
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("person", "story", "kind", "occasion"), name="notice_once_an_occasion"
            ),
        ),
    ]
