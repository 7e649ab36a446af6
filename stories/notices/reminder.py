"""A reminder: one mail a day that one reviewer is owed while stories wait for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from kudos.lib.outbox import OPEN, Outbox, OutboxQuerySet


class ReminderQuerySet(OutboxQuerySet["Reminder"]):
    def owe(self, people: set[int], day: date, at: datetime) -> None:
        """Once a person and day, whoever else is at it."""
        rows = [Reminder(person_id=person, day=day, created_at=at) for person in sorted(people)]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=500)


class Reminder(Outbox):
    """It names no story: which ones wait is looked up when it is sent."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    objects: ClassVar[ReminderQuerySet] = ReminderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "person"], name="reminder_once_a_day")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=OPEN), name="reminder_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"
