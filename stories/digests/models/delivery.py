"""A delivery: one person's copy of an edition, from its plan to the mail server's answer."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from stories.digests.models.edition import Edition
from stories.digests.models.suppression import Suppression
from stories.digests.readers import subscribed
from stories.digests.timing import TIMING

BATCH = 50
# How often a copy goes again when nobody knows whether it arrived.
RESENDS = 1


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


def after(wait: timedelta) -> ExpressionWrapper[Any]:
    """The database's clock in `wait` from now: leases and retries know no other."""
    return ExpressionWrapper(Now() + Value(wait), output_field=DateTimeField())


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
        """What somebody got, or may have got."""
        return self.filter(state__in=[DeliveryState.SENT, DeliveryState.UNCERTAIN])

    def lost(self) -> DeliveryQuerySet:
        """What nobody got, and nobody will."""
        return self.filter(state__in=LOST)

    def claim(self, edition: Edition) -> list[Delivery]:
        """Take up to 50 due copies for this worker alone, with their people."""
        running = Edition.objects.running().filter(pk=OuterRef("edition_id"))
        claim = uuid4()
        with transaction.atomic():
            rows = self.due().filter(Exists(running), edition=edition).order_by("next_attempt_at")
            keys = [row.pk for row in rows.select_for_update(skip_locked=True).only("pk")[:BATCH]]
            self.filter(pk__in=keys).update(
                state=DeliveryState.SENDING,
                claim=claim,
                lease_until=after(TIMING.lease),
                started_at=None,
            )
        return list(self.filter(pk__in=keys, claim=claim).select_related("person").order_by("pk"))

    def reap(self) -> None:
        """Give back what dead workers held: unstarted copies wait again; of started ones nobody
        knows, and each goes once more (digest.md, "Flow", 6)."""
        expired = self.filter(state=DeliveryState.SENDING, lease_until__lt=Now())
        expired.filter(started_at=None).update(
            state=DeliveryState.PENDING, claim=None, lease_until=None
        )
        for is_last in (False, True):
            expired.filter(**_resends(is_last)).update(**_doubt(is_last), error=NO_ANSWER)

    def expire(self) -> None:
        """A copy more than 48 hours late is no news any more. Of one that went out already
        nobody knows, as before; it does not go again."""
        late = ExpressionWrapper(Now() - Value(TIMING.late), output_field=DateTimeField())
        rows = self.filter(state__in=WAITING, next_attempt_at__isnull=False, due_at__lt=late)
        rows.filter(state=DeliveryState.UNCERTAIN).update(next_attempt_at=None)
        rows.update(state=DeliveryState.EXPIRED, next_attempt_at=None)

    def cancel(self) -> None:
        """The edition is given up: what has not left stays."""
        self.filter(state__in=WAITING).update(state=DeliveryState.CANCELLED, next_attempt_at=None)


NO_ANSWER = "No reply came after the message was handed over."


def _resends(is_last: bool) -> dict[str, int]:
    return {"resends__gte": RESENDS} if is_last else {"resends__lt": RESENDS}


def _doubt(is_last: bool) -> dict[str, Any]:
    """The columns of a copy of which nobody knows; `is_last` when it will not go again."""
    common = {"state": DeliveryState.UNCERTAIN, "claim": None, "lease_until": None}
    if is_last:
        return common | {"next_attempt_at": None}
    return common | {"next_attempt_at": after(TIMING.pause), "resends": F("resends") + 1}


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
        this version, not paused, not suppressed, and the person still here, subscribed and at
        this address."""
        current = Edition.objects.running().filter(pk=OuterRef("edition_id"), version=version)
        reader = subscribed().filter(pk=OuterRef("person_id"), email=OuterRef("address"))
        suppressed = Suppression.objects.filter(address=Lower(OuterRef("address")))
        fenced = self.mine.filter(
            Exists(current), Exists(reader), ~Exists(suppressed), lease_until__gt=Now()
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
        "edition" (its version, or it is held) or "claim"."""
        if not self.mine.filter(lease_until__gt=Now()).exists():
            return "claim"
        reader = subscribed().filter(pk=self.person_id).first()
        if reader is None:
            return "reader"
        if reader.email != self.address:
            return "moved"
        if Suppression.objects.filter(address=self.address.lower()).exists():
            return "suppressed"
        return "edition"

    def mark_sent(self) -> None:
        self._settle(DeliveryState.SENT, code="250", sent_at=Now())

    def mark_skipped(self, why: str) -> None:
        self._settle(DeliveryState.SKIPPED, code=why)

    def mark_failed(self, code: str, error: str) -> None:
        self._settle(DeliveryState.FAILED, code=code, error=error[:500])

    def mark_refused_for_now(self, code: str, error: str) -> None:
        """Try again later, ever more patiently; after the last wait it has failed."""
        if self.attempts > len(TIMING.retries):
            self.mark_failed(code, error)
            return
        wait = TIMING.retries[self.attempts - 1]
        stretch = random.uniform(1 - TIMING.jitter, 1 + TIMING.jitter)  # noqa: S311
        self._settle(
            DeliveryState.RETRY, next_attempt_at=after(wait * stretch), code=code, error=error[:500]
        )

    def mark_uncertain(self) -> None:
        for is_last in (False, True):
            self.mine.filter(**_resends(is_last)).update(**_doubt(is_last), error=NO_ANSWER)

    def put_back(self, wait: timedelta = timedelta(0)) -> None:
        """Nothing left this machine: somebody else may take it, after `wait`."""
        self._settle(DeliveryState.PENDING, next_attempt_at=after(wait), started_at=None)

    def follow(self) -> None:
        """The person has another address by now: this copy waits again, to go there."""
        reader = subscribed().filter(pk=self.person_id).first()
        if reader is not None:
            self.mine.update(address=reader.email)
        self.put_back()

    def _settle(self, state: DeliveryState, **fields: Any) -> None:
        changes = {"next_attempt_at": None, "claim": None, "lease_until": None} | fields
        self.mine.update(state=state, **changes)
