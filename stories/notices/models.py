"""A notice: one mail that one person is owed about one story."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.mail import new_message_id
from stories.models import State as StoryState
from stories.models import Story

# A worker that has not said "sent" by then is taken for dead: longer than the SMTP timeout.
LEASE = timedelta(minutes=2)
# Two days in all: a mail server that is down over a night or a weekend costs nobody their notice.
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[240] * 11))


class Kind(models.TextChoices):
    CELEBRATED = "celebrated", _("You were celebrated")
    THANKED = "thanked", _("You were thanked")
    ASKED = "asked", _("May this be published?")


class State(models.TextChoices):
    PENDING = "pending", _("To be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    LAPSED = "lapsed", _("No longer due")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def owe(self, story: Story, people: list[User], kind: Kind) -> None:
        """Note that these people are to be told; those told already, and those without a
        mailbox, are left out. A notice that had lapsed, because its story was hidden for a while,
        is due again."""
        readers = [person for person in people if person.email and person.is_active]
        self.bulk_create(
            [Notice(story=story, person=person, kind=kind) for person in readers],
            ignore_conflicts=True,
        )
        lapsed = self.filter(story=story, kind=kind, person__in=readers, state=State.LAPSED)
        lapsed.update(state=State.PENDING, next_attempt_at=Now(), attempts=0)

    def due(self) -> NoticeQuerySet:
        """Waiting rows, and rows whose worker died with them, by the database's clock."""
        waiting = Q(state=State.PENDING, next_attempt_at__lte=Now())
        abandoned = Q(state=State.SENDING, lease_until__lt=Now())
        return self.filter(waiting | abandoned)

    def claim(self, most: int) -> list[Notice]:
        """Take up to `most` due rows for this worker alone."""
        with transaction.atomic():
            rows = self.due().select_for_update(skip_locked=True).order_by("pk")[:most]
            claim = uuid4()
            self.filter(pk__in=[row.pk for row in rows]).update(
                state=State.SENDING, claim=claim, lease_until=Now() + LEASE
            )
        return list(self.filter(claim=claim).select_related("person").order_by("pk"))


class Notice(models.Model):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    story = models.ForeignKey(Story, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, default=new_message_id)
    error = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "story", "kind"], name="notice_once")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=[State.PENDING, State.SENDING]),
                name="notice_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id} about {self.story_id}"

    @property
    def readable_story(self) -> Story | None:
        """The story, if this person may still read it and the notice still fits its state."""
        state = StoryState.ASKING if self.kind == Kind.ASKED else StoryState.PUBLISHED
        return (
            Story.objects.visible_to(self.person)
            .filter(pk=self.story_id, state=state)
            .with_card()
            .first()
        )

    def fence(self) -> bool:
        """Begin an attempt: extend the lease, unless another worker has taken the row over.

        The person is checked in the same statement, so that a leaver is not written to.
        """
        held = Notice.objects.filter(
            pk=self.pk, claim=self.claim, lease_until__gt=Now(), person__is_active=True
        )
        return bool(held.update(lease_until=Now() + LEASE, attempts=models.F("attempts") + 1))

    def give_back(self) -> None:
        """The fence said no: a leaver's notice lapses, any other is left to its next worker.

        A lease that ran out while others were sent is no reason to send nothing.
        """
        mine = Notice.objects.filter(pk=self.pk, claim=self.claim)
        mine.filter(person__is_active=False).update(state=State.LAPSED, claim=None)

    def close(self, state: State, error: str = "") -> None:
        """End the attempt, if the row is still this worker's."""
        sent_at = Now() if state == State.SENT else None
        Notice.objects.filter(pk=self.pk, claim=self.claim).update(
            state=state, claim=None, lease_until=None, sent_at=sent_at, error=error
        )

    def retry(self, error: str) -> None:
        """Try again later, at growing intervals; after the last one the notice has failed."""
        if self.attempts >= len(RETRIES):
            self.close(State.FAILED, error)
            return
        Notice.objects.filter(pk=self.pk, claim=self.claim).update(
            state=State.PENDING,
            claim=None,
            lease_until=None,
            next_attempt_at=Now() + RETRIES[self.attempts],
            error=error,
        )
