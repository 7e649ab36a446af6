"""A story that an edition tells."""

from django.conf import settings
from django.db import models

from stories.digests.models.edition import Edition
from stories.models import Story


class Pick(models.Model):
    """A story in an edition. A story is picked once in its life.

    Before the freeze only what a culture lead put in has a row; the rest is picked then.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="picks")
    story = models.OneToOneField(Story, models.PROTECT, related_name="pick")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)
    # The culture lead who put it there; None where the choice was the picking's own.
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="pick_one_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.position}: {self.story_id}"
