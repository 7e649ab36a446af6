"""A delivery: one person's copy of an edition, from its plan to the mail server's answer."""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from stories.digests.clock import after
from stories.digests.db.ahead import Ahead, Asked
from stories.digests.db.prepared import PreparedUpdate, slot
from stories.digests.models.delivery_queryset import (
    LOST,
    WAITING,
    DeliveryQuerySet,
    DeliveryState,
)
from stories.digests.models.edition import Edition
from stories.digests.models.relay import Relay
from stories.digests.models.suppression import Suppression
from stories.digests.readers import subscribed
from stories.digests.reasons import NO_ANSWER
from stories.digests.timing import TIMING


class Delivery(models.Model):
    # Without an index of its own: the constraint's begins with it.
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deliveries", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="deliveries",
        verbose_name=_("person"),
    )
    address = models.EmailField(_("address"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(
        _("state"), max_length=10, choices=DeliveryState, default=DeliveryState.PENDING
    )
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    resends = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(_("started"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True)
    code = models.CharField(_("reply code"), max_length=20, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    message_id = models.CharField(max_length=200)
    version = models.PositiveIntegerField(_("version"), null=True)

    # Whether this worker has begun an attempt: 0 or 1.
    begun = 0
    # What it asked the fence and was not told yet.
    asked: Asked | None = None

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="delivery_once_a_person")
        ]
        indexes = [
            models.Index(
                fields=["edition", "next_attempt_at"],
                condition=Q(state__in=WAITING, next_attempt_at__isnull=False),
                name="delivery_claimable",
            ),
            # Of leases. It holds neither `lease_until`, which each fence extends (on PostgreSQL an
            # update that changes no indexed column writes no index), nor `claim`, by which a fence
            # would read all copies of its batch.
            models.Index(
                fields=["id"], condition=Q(state=DeliveryState.SENDING), name="delivery_held"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} to {self.person_id} ({self.state})"

    @property
    def mine(self) -> DeliveryQuerySet:
        """This row as long as it is this worker's: empty once the lease was taken away."""
        return type(self).objects.filter(pk=self.pk, claim=self.claim, state=DeliveryState.SENDING)

    def fence(self, version: int) -> bool:
        """The last look before the message leaves, in one statement: see `fencing`."""
        self.ask(version, Ahead())
        return self.passed()

    def ask(self, version: int, ahead: Ahead) -> None:
        """Ask the fence, and go on until `passed` has to be known."""
        self.asked = ahead.begin(fencing(), id=self.pk, claim=self.claim, version=version)

    def passed(self) -> bool:
        """Whether the fence, when it was last asked, let this copy through; waited for."""
        if self.asked is not None:
            self.begun, self.asked = self.asked.rows(), None
            self.attempts += self.begun
        return self.begun == 1

    def why_not(self) -> str:
        """Why the fence refused, in a word: "reader", "moved" (to another address), "suppressed",
        "breaker", "edition" (its version, or it is held or given up) or "claim"."""
        if not self.mine.filter(lease_until__gt=Now()).exists():
            return "claim"
        reader = subscribed().filter(pk=self.person_id).first()
        if reader is None:
            return "reader"
        if reader.email != self.address:
            return "moved"
        if Suppression.objects.filter(address=self.address.lower()).exists():
            return "suppressed"
        if Relay.objects.open_to(self.claim).exists():
            return "breaker"
        return "edition"

    def mark_sent(self, ahead: Ahead) -> None:
        """With the fence of the next copy, which no message leaves before: a crash in between
        costs this one extra copy, which was in flight, and no other."""
        ahead.put_off(marking_sent(), id=self.pk, claim=self.claim)

    def mark_skipped(self, why: str) -> None:
        self._settle(DeliveryState.SKIPPED, code=why)

    def mark_failed(self, code: str, error: str) -> None:
        self._settle(DeliveryState.FAILED, code=code, error=error[:500])

    def mark_refused_for_now(self, code: str, error: str) -> None:
        """Try again later, ever more patiently; after the last wait it has failed."""
        if self.attempts > len(TIMING.retries):
            self.mark_failed(code, error)
        else:
            self._retry(code, error, TIMING.retries[self.attempts - 1])

    def mark_cut_off(self, error: str) -> None:
        """The line broke before the message was handed over. That may be this copy's doing, so
        others go first; but no server said no, and so it is no attempt."""
        self._retry("", error, TIMING.retries[0], attempts=F("attempts") - self.begun)

    def _retry(self, code: str, error: str, wait: timedelta, **fields: Any) -> None:
        stretch = random.uniform(1 - TIMING.jitter, 1 + TIMING.jitter)  # noqa: S311
        self._settle(
            DeliveryState.RETRY,
            next_attempt_at=after(wait * stretch),
            code=code,
            error=error[:500],
            **fields,
        )

    def mark_uncertain(self) -> None:
        self.mine.in_doubt(NO_ANSWER)

    def put_back(self) -> None:
        """Nothing left this machine: somebody else may take it."""
        self._settle(
            DeliveryState.PENDING,
            next_attempt_at=Now(),
            started_at=None,
            attempts=F("attempts") - self.begun,
        )

    def follow(self) -> None:
        """The person has another address by now: this copy waits again, to go there."""
        reader = subscribed().filter(pk=self.person_id).first()
        if reader is not None:
            self.mine.update(address=reader.email)
        self.put_back()

    def _settle(self, state: DeliveryState, **fields: Any) -> None:
        """Write down what became of this attempt. Where an earlier one may have arrived, nobody
        knows, whatever this one says."""
        if self.resends and state in LOST:
            state = DeliveryState.UNCERTAIN
        changes = {"next_attempt_at": None, "claim": None, "lease_until": None} | fields
        self.mine.update(state=state, **changes)


def _held_by_slot() -> DeliveryQuerySet:
    """`Delivery.mine`, for any row."""
    return Delivery.objects.filter(
        pk=slot(Delivery, "id"), claim=slot(Delivery, "claim"), state=DeliveryState.SENDING
    )


@cache
def fencing() -> PreparedUpdate:
    """Begin an attempt, if the row is still this worker's, the edition still at this version and
    on its way, the breaker not open, the address not suppressed, and the person still here,
    subscribed and at this address."""
    version = slot(Delivery, "version")
    current = Edition.objects.running().filter(pk=OuterRef("edition_id"), version=version)
    reader = subscribed().filter(pk=OuterRef("person_id"), email=OuterRef("address"))
    suppressed = Suppression.objects.filter(address=Lower(OuterRef("address")))
    breaker = Relay.objects.open_to(OuterRef("claim"))
    rows = _held_by_slot().filter(
        Exists(current),
        Exists(reader),
        ~Exists(suppressed),
        ~Exists(breaker),
        lease_until__gt=Now(),
    )
    return PreparedUpdate(
        "digest_fence",
        rows,
        started_at=Now(),
        lease_until=after(TIMING.lease),
        attempts=F("attempts") + 1,
        version=version,
    )


@cache
def marking_sent() -> PreparedUpdate:
    return PreparedUpdate(
        "digest_sent",
        _held_by_slot(),
        state=DeliveryState.SENT,
        code="250",
        error="",
        sent_at=Now(),
        next_attempt_at=None,
        claim=None,
        lease_until=None,
    )
