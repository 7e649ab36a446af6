"""A delivery: one person's copy of an edition, from its plan to the mail server's answer."""

from __future__ import annotations

import random
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Company
from stories.digests.clock import after
from stories.digests.models.edition import Edition
from stories.digests.models.relay import Relay
from stories.digests.models.suppression import Suppression
from stories.digests.readers import subscribed
from stories.digests.timing import TIMING

BATCH = 50


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("To be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    RETRY = "retry", _("To be tried again")
    FAILED = "failed", _("Failed")
    UNCERTAIN = "uncertain", _("Nobody knows")
    SKIPPED = "skipped", _("Skipped")
    EXPIRED = "expired", _("Too late")
    CANCELLED = "cancelled", _("Cancelled")


WAITING = (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.UNCERTAIN)

LOST = (
    DeliveryState.FAILED,
    DeliveryState.SKIPPED,
    DeliveryState.EXPIRED,
    DeliveryState.CANCELLED,
)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> DeliveryQuerySet:
        """What may be claimed now. A copy that nobody may send again has no next attempt."""
        return self.filter(state__in=WAITING, next_attempt_at__lte=Now())

    def unsettled(self) -> DeliveryQuerySet:
        """What still may become something else by itself."""
        return self.filter(
            Q(state=DeliveryState.SENDING) | Q(state__in=WAITING, next_attempt_at__isnull=False)
        )

    def received(self) -> DeliveryQuerySet:
        """What somebody got, may have got, or is getting at this moment."""
        leaving = Q(state=DeliveryState.SENDING, started_at__isnull=False)
        return self.filter(
            leaving | Q(resends__gt=0) | Q(state__in=[DeliveryState.SENT, DeliveryState.UNCERTAIN])
        )

    def lost(self) -> DeliveryQuerySet:
        """What nobody got, and nobody will."""
        return self.filter(state__in=LOST)

    def claim(
        self, edition: Edition, most: int = BATCH, claim: UUID | None = None
    ) -> list[Delivery]:
        """Take up to `most` due copies for this worker alone, with their people."""
        running = Edition.objects.running().filter(pk=OuterRef("edition_id"))
        claim = claim or uuid4()
        with transaction.atomic():
            rows = self.due().filter(Exists(running), edition=edition).order_by("next_attempt_at")
            keys = [row.pk for row in rows.select_for_update(skip_locked=True).only("pk")[:most]]
            self.filter(pk__in=keys).update(
                state=DeliveryState.SENDING,
                claim=claim,
                lease_until=after(TIMING.lease),
                started_at=None,
            )
        return list(self.filter(pk__in=keys, claim=claim).select_related("person").order_by("pk"))

    def held(self) -> DeliveryQuerySet:
        """What some worker has claimed and not begun."""
        return self.filter(
            state=DeliveryState.SENDING, lease_until__gt=Now(), started_at__isnull=True
        )

    def reap(self) -> None:
        """Give back what dead workers held: unstarted copies wait again; of started ones nobody
        knows, and each goes once more (digest.md, "Flow", 6)."""
        expired = self.filter(state=DeliveryState.SENDING, lease_until__lt=Now())
        expired.filter(started_at=None).update(
            state=DeliveryState.PENDING, claim=None, lease_until=None
        )
        expired.in_doubt(NO_ANSWER)

    def in_doubt(self, error: str) -> None:
        """Nobody knows of these copies. Each goes once more, identical, unless it did already or
        the company wants a person to decide."""
        doubt = {
            "state": DeliveryState.UNCERTAIN,
            "claim": None,
            "lease_until": None,
            "error": error[:500],
        }
        resends = Company.current().digest_resends
        self.filter(resends__lt=resends).update(
            **doubt, next_attempt_at=after(TIMING.pause), resends=F("resends") + 1
        )
        self.filter(state=DeliveryState.SENDING).update(**doubt, next_attempt_at=None)

    def expire(self) -> None:
        """A copy more than 48 hours late is no news any more."""
        late = self.filter(
            state__in=WAITING, next_attempt_at__isnull=False, due_at__lt=after(-TIMING.late)
        )
        late.give_up(DeliveryState.EXPIRED)

    def cancel(self) -> None:
        """The edition is given up: what has not left stays."""
        self.filter(state__in=WAITING).give_up(DeliveryState.CANCELLED)

    def give_up(self, state: DeliveryState) -> None:
        """These copies will not go any more. Of one that went out already nobody knows, as
        before."""
        self.filter(Q(state=DeliveryState.UNCERTAIN) | Q(resends__gt=0)).update(
            state=DeliveryState.UNCERTAIN, next_attempt_at=None
        )
        self.exclude(state=DeliveryState.UNCERTAIN).update(state=state, next_attempt_at=None)


NO_ANSWER = "No reply came after the message was handed over."


class Delivery(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="deliveries")
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
            models.Index(
                fields=["lease_until"],
                condition=Q(state=DeliveryState.SENDING),
                name="delivery_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} to {self.person_id} ({self.state})"

    @property
    def mine(self) -> DeliveryQuerySet:
        """This row as long as it is this worker's: empty once the lease was taken away."""
        return type(self).objects.filter(pk=self.pk, claim=self.claim, state=DeliveryState.SENDING)

    def fence(self, version: int) -> bool:
        """The last look before the message leaves, in one statement: still this worker's, still
        this version, not paused, the breaker not open, not suppressed, and the person still here,
        subscribed and at this address."""
        current = Edition.objects.running().filter(pk=OuterRef("edition_id"), version=version)
        reader = subscribed().filter(pk=OuterRef("person_id"), email=OuterRef("address"))
        suppressed = Suppression.objects.filter(address=Lower(OuterRef("address")))
        breaker = Relay.objects.open_to(OuterRef("claim"))
        fenced = self.mine.filter(
            Exists(current),
            Exists(reader),
            ~Exists(suppressed),
            ~Exists(breaker),
            lease_until__gt=Now(),
        ).update(
            started_at=Now(),
            lease_until=after(TIMING.lease),
            attempts=F("attempts") + 1,
            version=version,
        )
        self.attempts += fenced
        return fenced == 1

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

    def mark_sent(self) -> None:
        self._settle(DeliveryState.SENT, code="250", error="", sent_at=Now())

    def mark_skipped(self, why: str) -> None:
        self._settle(DeliveryState.SKIPPED, code=why)

    def mark_failed(self, code: str, error: str) -> None:
        self._settle(DeliveryState.FAILED, code=code, error=error[:500])

    def mark_refused_for_now(self, code: str, error: str) -> None:
        """Try again later, ever more patiently; after the last wait it has failed."""
        if self.attempts > len(TIMING.retries):
            self.mark_failed(code, error)
        else:
            self._retry(code, error)

    def mark_cut_off(self, error: str) -> None:
        """The line broke before the message was handed over. That may be this copy's doing, so it
        waits longer each time; but no server said no, so it never fails of it."""
        self._retry("", error)

    def _retry(self, code: str, error: str) -> None:
        wait = TIMING.retries[min(self.attempts, len(TIMING.retries)) - 1]
        stretch = random.uniform(1 - TIMING.jitter, 1 + TIMING.jitter)  # noqa: S311
        self._settle(
            DeliveryState.RETRY, next_attempt_at=after(wait * stretch), code=code, error=error[:500]
        )

    def mark_uncertain(self) -> None:
        self.mine.in_doubt(NO_ANSWER)

    def put_back(self) -> None:
        """Nothing left this machine: somebody else may take it."""
        self._settle(DeliveryState.PENDING, next_attempt_at=Now(), started_at=None)

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
