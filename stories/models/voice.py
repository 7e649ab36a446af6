"""A colleague's own words under a story that somebody else told."""

from __future__ import annotations

from collections.abc import Callable
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
        return self.said().filter(hidden_at=None)

    def said(self) -> VoiceQuerySet:
        """With those that are hidden."""
        return self.filter(~_names("teller")).exclude(text="")

    def hidden_by_reviewers(self) -> VoiceQuerySet:
        """Hidden, and not by somebody whom the story names."""
        return self.said().filter(~_names("hidden_by"), hidden_at__isnull=False)

    def of(self, person: User) -> Voice | None:
        """This person's own, if they added one."""
        return self.filter(teller=person).first()


def _names(person: str) -> Exists:
    """Whether the story of a voice names the person in this field of it."""
    return Exists(Named.objects.filter(story=OuterRef("story"), person=OuterRef(person)))


class Voice(models.Model):
    """At most one a person and story. Whoever may read the story reads its voices.

    A voice that is taken back is deleted; the story's history keeps that it was there, and what
    it said, as it does with every edit.

    Whoever is named agreed to the story, perhaps before there was a voice, so a voice under it may
    be hidden by each of them, whatever they wish for stories: a wish can change, and is nobody's
    business. A reviewer hides one with a reason. Of a hidden voice that is taken back the empty
    row stays: its words do not come back under the story as new ones.
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
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Why, as its teller reads it; "" where somebody named hid it.
    hidden_note = models.TextField(default="", db_default="", editable=False)

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
            self._lock(access.may_edit_voice, by)
            before, self.text, self.edited_at = self.text, text, timezone.now()
            self.save()
            self._remember("edit voice", by, before={"voice": before}, after={"voice": text})

    def take_back(self, *, by: User) -> None:
        """Remove it, at any time. Raises PermissionDenied for anybody else."""
        with transaction.atomic():
            self._lock(access.may_take_voice_back, by)
            self._remember("take voice back", by, before={"voice": self.text}, after={})
            if self.hidden_at:
                self.text = ""
                self.save()
            else:
                self.delete()

    def hide(self, *, by: User, note: str = "") -> None:
        """Keep it from readers: somebody named does, and a reviewer with a reason. Raises
        PermissionDenied for anybody else."""
        with transaction.atomic():
            self._lock(access.may_hide_voice, by)
            self.hidden_at, self.hidden_by, self.hidden_note = timezone.now(), by, note
            self.save()
            said = {"voice": self.text}
            self._remember("hide voice", by, before=said, after={}, note=note)

    def unhide(self, *, by: User) -> None:
        """Let it be read again. Raises PermissionDenied for whoever may not."""
        with transaction.atomic():
            self._lock(access.may_unhide_voice, by)
            self.hidden_at, self.hidden_by, self.hidden_note = None, None, ""
            self.save()
            self._remember("unhide voice", by, before={}, after={"voice": self.text})

    def _lock(self, rule: Callable[[User, Voice], bool], by: User) -> None:
        self.refresh_from_db(from_queryset=Voice.objects.select_for_update())
        if not rule(by, self):
            raise PermissionDenied

    def _remember(
        self, verb: str, by: User, *, before: dict[str, str], after: dict[str, str], note: str = ""
    ) -> None:
        History.objects.record(verb, self.story, actor=by, note=note, before=before, after=after)
