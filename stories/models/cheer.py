"""One person's one-tap reaction to a story."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CheerKind(models.TextChoices):
    LOVE = "love", _("Love")
    APPLAUSE = "applause", _("Applause")
    WOW = "wow", _("Wow")


class Cheer(models.Model):
    """At most one a person and story: choosing another kind replaces the first."""

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="cheers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cheers")
    kind = models.CharField(_("kind"), max_length=10, choices=CheerKind)
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("cheer")
        verbose_name_plural = _("cheers")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="cheer_once_a_story")
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.person_id} for {self.story_id}"
