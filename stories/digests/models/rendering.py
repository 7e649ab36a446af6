"""The parts of an edition that everybody's copy shares, as rendered once."""

from django.db import models

from stories.digests.models.edition import Edition


class Rendering(models.Model):
    """Fixed for one version and language, so that every copy of a version says the same.

    `layouts` maps "html" and "text" to the two layouts of a copy, "own" with the personal block
    and "plain" without: lists that alternate literal text and the name of a person's own slot.
    `facts` is what the personal block is made of: {"stories": [{"headline", "nominees",
    "departments", "group", "group_name"}], "serves": {department: [group]}}: people,
    departments and groups by key, headlines and names of groups as the copy says them.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="renderings")
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=200)
    layouts = models.JSONField()
    facts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "version", "language"], name="rendering_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} version {self.version} ({self.language})"
