"""Joining a story instead of telling it again."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.models import History, User
from stories import access
from stories.models.choices import State
from stories.models.voice import Voice
from stories.signals import voice_added

if TYPE_CHECKING:
    from stories.models.story import Story


class Voicing(models.Model):
    class Meta:
        abstract = True

    def add_voice(self: Story, text: str, *, by: User, key: UUID | None = None) -> Voice:  # type: ignore[misc]
        """Put somebody's own words under this story. Raises PermissionDenied for whoever may not.

        A draft that grew in the same form is withdrawn: what it was to say is said here.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if not access.may_add_voice(by, self):
                raise PermissionDenied
            voice = self.voices.create(teller=by, text=text, key=key or uuid4())
            History.objects.record("add voice", self, actor=by, after={"voice": text})
            voice_added.send(type(self), story=self, by=by, voice=voice)
            begun = type(self).objects.told_by(by).filter(key=voice.key, state=State.DRAFT)
            if draft := begun.first():
                draft.withdraw(by=by)
        return voice
