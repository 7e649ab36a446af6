"""A notice: one mail that one person is owed about one story."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.outbox import OPEN, RETRIES, Outbox, OutboxQuerySet, State
from stories.models import State as StoryState
from stories.models import Story, Voice

__all__ = ["RETRIES", "Kind", "Notice", "State"]


class Kind(models.TextChoices):
    CELEBRATED = "celebrated", _("You were celebrated")
    THANKED = "thanked", _("You were thanked")
    ASKED = "asked", _("May this be published?")
    VOICED = "voiced", _("A colleague added a voice")


class NoticeQuerySet(OutboxQuerySet["Notice"]):
    def owe(
        self,
        story: Story,
        people: list[User],
        kind: Kind,
        *,
        wait: timedelta = timedelta(),
        occasion: int = 0,
    ) -> None:
        """Note that these people are to be told, after a while; those told already of this
        occasion, and those without a mailbox, are left out.

        A notice that had lapsed, because its story was hidden for a while, is due again. What has
        not gone yet of an earlier occasion lapses: who undoes a decision and takes it again at
        once tells of it once.
        """
        readers = [person for person in people if person.email and person.is_active]
        self.bulk_create(
            [
                Notice(
                    story=story,
                    person=person,
                    kind=kind,
                    occasion=occasion,
                    next_attempt_at=Now() + wait,
                )
                for person in readers
            ],
            ignore_conflicts=True,
        )
        of_kind = self.filter(story=story, kind=kind, person__in=readers)
        of_kind.filter(occasion=occasion, state=State.LAPSED).update(
            state=State.PENDING, next_attempt_at=Now() + wait, attempts=0
        )
        of_kind.filter(occasion__lt=occasion, state=State.PENDING).update(state=State.LAPSED)


class Notice(Outbox):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    story = models.ForeignKey(Story, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    # The row of History that it tells of; 0 for what is told once a story. The release before
    # this field writes notices without it.
    occasion = models.BigIntegerField(default=0, db_default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "story", "kind", "occasion"], name="notice_once_an_occasion"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=OPEN), name="notice_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id} about {self.story_id}"

    @property
    def readable_story(self) -> Story | None:
        """The story, if this person may still read it and the notice still fits its state."""
        state = StoryState.ASKING if self.kind == Kind.ASKED else StoryState.PUBLISHED
        readable = Story.objects.visible_to(self.person).filter(pk=self.story_id, state=state)
        if self.kind == Kind.VOICED:
            readable = readable.filter(Exists(Voice.objects.heard().filter(story=OuterRef("pk"))))
        return readable.with_card().first()
