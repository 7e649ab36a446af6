"""A colleague's own words under a story that somebody else told."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import History, User
from kudos.lib.text import validate_plain_text
from stories import access
from stories.models.limits import VOICE_MAX
from stories.models.named import Named


class VoiceQuerySet(models.QuerySet["Voice"]):
    def heard(self) -> VoiceQuerySet:
        """Those that readers meet. An edit may name somebody who had added a voice: as long as
        the story celebrates or thanks them, it does without their praise of it."""
        named = Named.objects.filter(story=OuterRef("story"), person=OuterRef("teller"))
        return self.filter(~Exists(named))

    def of(self, person: User) -> Voice | None:
        """This person's own, if they added one."""
        return self.filter(teller=person).first()


class Voice(models.Model):
    """At most one a person and story. Whoever may read the story reads its voices.

    A voice that is taken back is deleted; the story's history keeps that it was there, and what
    it said, as it does with every edit.
    """

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="voices")
    teller = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="voices",
        verbose_name=_("teller"),
    )
    # Comes with the form, as a story's does: a second click is told from a second voice.
    key = models.UUIDField(default=uuid4, editable=False)
    text = models.TextField(_("words"), max_length=VOICE_MAX, validators=[validate_plain_text])
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["story", "teller"], name="voice_once_a_story")
        ]

    def __str__(self) -> str:
        return f"{self.teller_id} on {self.story_id}"

    def edit(self, text: str, *, by: User) -> None:
        """Say it otherwise, within the edit window. Raises PermissionDenied for anybody else, and
        after it."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Voice.objects.select_for_update())
            if not access.may_edit_voice(by, self):
                raise PermissionDenied
            before, self.text, self.edited_at = self.text, text, timezone.now()
            self.save()
            self._remember("edit voice", by, before={"voice": before}, after={"voice": text})

    def take_back(self, *, by: User) -> None:
        """Remove it, at any time. Raises PermissionDenied for anybody else."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Voice.objects.select_for_update())
            if not access.may_take_voice_back(by, self):
                raise PermissionDenied
            self._remember("take voice back", by, before={"voice": self.text}, after={})
            self.delete()

    def _remember(
        self, verb: str, by: User, *, before: dict[str, str], after: dict[str, str]
    ) -> None:
        History.objects.record(verb, self.story, actor=by, before=before, after=after)
