"""Which copies: where each one stands, and what is done with many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Company
from stories.digests.clock import after
from stories.digests.reasons import NO_ANSWER
from stories.digests.timing import TIMING

if TYPE_CHECKING:
    from stories.digests.models.delivery import Delivery  # noqa: F401 - the text below


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
        expired.filter(started_at__isnull=False).in_doubt(NO_ANSWER)

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
        """The edition is given up: what has not left stays.

        Also what a worker has claimed and not begun: its fence finds the row taken away. Where a
        fence is being asked at this moment the row is locked and that copy leaves: to wait for it
        could end in a deadlock, as a worker writes two copies in one transaction.
        """
        waiting = self.filter(state__in=WAITING, next_attempt_at__isnull=False)
        waiting.give_up(DeliveryState.CANCELLED)
        with transaction.atomic():
            unbegun = self.filter(state=DeliveryState.SENDING, started_at=None)
            free = unbegun.select_for_update(skip_locked=True, of=("self",))
            keys = list(free.values_list("pk", flat=True))
            self.filter(pk__in=keys).give_up(DeliveryState.CANCELLED)

    def give_up(self, state: DeliveryState) -> None:
        """These copies will not go any more. Of one that went out already nobody knows, as
        before."""
        ended: dict[str, None] = {"next_attempt_at": None, "claim": None, "lease_until": None}
        self.filter(Q(state=DeliveryState.UNCERTAIN) | Q(resends__gt=0)).update(
            state=DeliveryState.UNCERTAIN, **ended
        )
        self.exclude(state=DeliveryState.UNCERTAIN).update(state=state, **ended)
