"""The feed narrowed to a moment, read as one range of an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stories", "0002_search")]

    operations = [
        migrations.AddIndex(
            model_name="story",
            index=models.Index(
                condition=models.Q(("state", "published"), ("visibility", "company")),
                fields=["moment", "-published_at", "-id"],
                name="story_on_feed_by_moment",
            ),
        ),
    ]
