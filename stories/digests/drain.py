"""Sending what is due of one edition: how much a worker takes on, and when the edition is over."""

import logging
import time
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from accounts.models import Company
from stories.digests.batch import Batch
from stories.digests.message import Shared
from stories.digests.models import Delivery, DeskMailKind, Edition, EditionState, Relay
from stories.digests.models.claiming import BATCH, take
from stories.digests.reasons import UNRECEIVED
from stories.digests.rendering import UnrenderableError
from stories.digests.timing import TIMING
from stories.digests.transports import KeptLine

logger = logging.getLogger(__name__)


def drain(edition: Edition) -> bool:
    """Send batch after batch over one line, for about a minute. True when there may be more:
    whoever called then rings for the next, so that notices and the tick get their turn."""
    until = time.monotonic() + TIMING.shift.total_seconds()
    shared: dict[str, Shared] = {}
    last: UUID | None = None
    with KeptLine() as kept:
        while deliveries := claim(edition, company := Company.current(), last):
            last = deliveries[0].claim
            send(Batch(edition, deliveries, shared, company), kept)
            if time.monotonic() > until:
                return True
    finish(edition)
    return False


def claim(edition: Edition, company: Company, last: UUID | None = None) -> list[Delivery]:
    """What this worker may take on now: nothing while the breaker is open, one copy as its probe,
    and no more than the company's rate limit lets all workers send in half a lease.

    `last` is this worker's claim before: a probe that found nobody to send to goes on.
    """
    return claim_freely(edition, company.digest_interval) or claim_to_probe(edition, last)


def claim_freely(edition: Edition, interval: timedelta | None) -> list[Delivery]:
    if interval is None:
        return take(edition)
    # Locked, so that workers who claim at once do not each take all that there is room for.
    with Relay.held():
        share = max(1, TIMING.lease // 2 // interval)
        room = min(BATCH, share - Delivery.objects.held().count())
        return take(edition, most=room) if room > 0 else []


def claim_to_probe(edition: Edition, last: UUID | None) -> list[Delivery]:
    relay = Relay.current()
    if not relay.is_open:
        return []
    goes_on = last is not None and relay.probe == last
    probe = last if goes_on else Relay.take_probe()
    return take(edition, most=1, claim=probe) if probe else []


def send(batch: Batch, kept: KeptLine) -> None:
    """Send a batch; an edition that cannot be rendered is held until somebody has looked."""
    try:
        batch.send(kept)
    except UnrenderableError as error:
        logger.exception("The digest cannot be rendered; it is paused.")
        batch.edition.pause(by=None, note=str(error))
        for delivery in batch.left:
            delivery.put_back()


@transaction.atomic
def finish(edition: Edition) -> None:
    """The edition is sent once none of its copies will become anything else by itself. One that
    nobody got, and nobody may have got, is given up: the next covers its stories."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state != EditionState.SENDING or edition.deliveries.unsettled().exists():
        return
    if edition.deliveries.received().exists():
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT, paused_at=None)
    else:
        edition.abort(by=None, note=UNRECEIVED)
        edition.desk_mails.tell_leads(edition, UNRECEIVED, DeskMailKind.GIVEN_UP)
