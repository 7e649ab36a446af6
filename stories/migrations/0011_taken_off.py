"""The lists of what reviewers sent back or hid, read without going through all stories."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_report_rewritten")]

    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("state__in", ["returned", "hidden"])),
                fields=["state", "-published_at", "-id"],
                name="story_taken_off",
            ),
        ),
    ]
