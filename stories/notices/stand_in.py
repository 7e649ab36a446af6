"""A stand-in's notice: one mail that a colleague is owed about reviewing in somebody's place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from kudos.lib.outbox import OPEN, Outbox, OutboxQuerySet, State
from stories.notices.days import Days


class StandInNoticeQuerySet(OutboxQuerySet["StandInNotice"]):
    def owe(self, person: User, reviewer: User, *, wait: timedelta) -> None:
        """After a while, one mail about these two, dated when it may go; any before it that has
        not gone lapses then."""
        self.create(
            person=person,
            reviewer=reviewer,
            created_at=timezone.now() + wait,
            next_attempt_at=Now() + wait,
        )


class StandInNotice(Outbox):
    """It names no days until it goes: it tells how it is then, where that is news."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The first and the last day of each period that the mail names, as in ISO 8601.
    told = models.JSONField(default=list)

    objects: ClassVar[StandInNoticeQuerySet] = StandInNoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=OPEN), name="stand_in_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.reviewer_id}"

    @property
    def is_superseded(self) -> bool:
        """Whether a later one tells the same person how it is."""
        return self._of_both().filter(pk__gt=self.pk).exists()

    @property
    def told_before(self) -> list[Days] | None:
        """What the mail before said. None where nobody knows what its reader knows: since the last
        that surely went another was tried, and who tried it died, or heard no clear answer."""
        tried = self._of_both().filter(pk__lt=self.pk, attempts__gt=0).order_by("pk").last()
        if tried is None:
            return []
        if tried.state != State.SENT:
            return None
        return [Days(*map(date.fromisoformat, days)) for days in tried.told]

    def tell(self, periods: list[Days]) -> None:
        """Keep what the mail is about to say."""
        days = [[one.first.isoformat(), one.last.isoformat()] for one in periods]
        self.mine.update(told=days)

    def _of_both(self) -> QuerySet[StandInNotice]:
        return StandInNotice.objects.filter(person=self.person_id, reviewer=self.reviewer_id)
