"""The words of a story that everybody may read, as search compares them."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """One row for each story on the feed; what is not on the feed has none.

    Folded words with one space between them. The database derives its full-text index from them
    (stories.db, migration 0002): a tsvector on PostgreSQL, FTS5 tables on SQLite.
    """

    story = models.OneToOneField(
        "stories.Story", models.CASCADE, primary_key=True, related_name="search_entry"
    )
    headline = models.TextField()
    # The customer's words and the names of everybody in the story.
    words = models.TextField()
    # What they did, and the difference it made.
    body = models.TextField()

    class Meta:
        verbose_name = "search entry"
        verbose_name_plural = "search entries"

    def __str__(self) -> str:
        return self.headline
