"""The mail server, as all workers know it together: its breaker and its pace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar, cast
from uuid import UUID, uuid4

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from stories.digests.clock import after
from stories.digests.db.ahead import Ahead
from stories.digests.db.prepared import PreparedUpdate, slot
from stories.digests.timing import TIMING

# So many connections lost in a row open the breaker.
FAILURES = 3


class RelayQuerySet(models.QuerySet["Relay"]):
    def open_to(self, claim: Any) -> RelayQuerySet:
        """The row, while the breaker is open and keeps this claim's messages back."""
        return self.filter(Q(probe=None) | ~Q(probe=claim), open_until__isnull=False)


class Relay(models.Model):
    """A single row, so that what one worker learns of the mail server holds for all.

    The breaker is open while `open_until` is set: nothing is claimed and nothing passes the
    fence. Once that moment has passed, one worker takes the probe and may send one message; what
    comes of it closes the breaker or opens it anew (digest.md, "When sending fails").
    """

    failures = models.PositiveSmallIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    probe = models.UUIDField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    # When the next message may leave, under the company's rate limit.
    next_slot_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[RelayQuerySet] = RelayQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="relay_is_one_row")]

    def __str__(self) -> str:
        return f"open until {self.open_until}" if self.open_until else "closed"

    @classmethod
    def current(cls) -> Relay:
        return cls.objects.get_or_create(pk=1)[0]

    @property
    def is_open(self) -> bool:
        return self.open_until is not None

    @classmethod
    def take_probe(cls) -> UUID | None:
        """The right to try an open breaker with one message, for whoever asks first once its
        minute is over. Its holder may die: after another minute the next one gets it."""
        probe = uuid4()
        due = cls.objects.filter(pk=1, open_until__lte=Now())
        taken = due.update(probe=probe, open_until=after(TIMING.breaker))
        return probe if taken else None

    @classmethod
    def trip(cls, reason: str) -> None:
        """Open the breaker for a minute, anew where it is open already."""
        cls.current()
        cls.objects.filter(pk=1).update(
            open_until=after(TIMING.breaker), probe=None, reason=reason[:500]
        )

    @classmethod
    def lost(cls, reason: str, *, claim: UUID | None) -> None:
        """A connection failed. The third in a row opens the breaker, and so does a probe's."""
        row = cls.current()
        cls.objects.filter(pk=1).update(failures=F("failures") + 1)
        row.refresh_from_db()
        if row.failures >= FAILURES or (claim and row.probe == claim):
            cls.trip(reason)

    @classmethod
    def answered(cls, claim: UUID, ahead: Ahead) -> None:
        """The server answered: no failure counts any more, and the probe's holder closes it."""
        ahead.begin(answering(), probe=claim)

    @classmethod
    @contextmanager
    def held(cls) -> Iterator[Relay]:
        """The row, locked until the block ends: what is counted in it still holds when it is
        acted upon."""
        cls.current()
        with transaction.atomic():
            yield cls.objects.select_for_update().get(pk=1)

    @classmethod
    def take_slot(cls, interval: timedelta, *, within: timedelta) -> timedelta | None:
        """Reserve the next moment at which a message may leave, and return how long that is from
        now, by the database's clock. Slots stand at least `interval` apart across all workers.
        None, and nothing is reserved, where it is not `within` that time."""
        with cls.held() as row:
            now = cast(datetime, cls.objects.values_list(Now(), flat=True).get(pk=1))
            slot = max(row.next_slot_at, now)
            if slot - now > within:
                return None
            row.next_slot_at = slot + interval
            row.save(update_fields=["next_slot_at"])
        return slot - now


@cache
def answering() -> PreparedUpdate:
    """As every batch says once: nothing is written where nothing was wrong."""
    closes = Q(open_until=None) | Q(probe=slot(Relay, "probe"))
    rows = Relay.objects.filter(closes, pk=1).exclude(failures=0, open_until=None)
    calm = {"failures": 0, "open_until": None, "probe": None, "reason": ""}
    return PreparedUpdate("digest_relay_answered", rows, **calm)
