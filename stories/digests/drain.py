"""Sending what is due of one edition: how much a worker takes on, and when the edition is over."""

import logging
import time

from django.db import transaction

from accounts.models import Company
from stories.digests.batch import Batch
from stories.digests.message import Shared
from stories.digests.models import Delivery, Edition, EditionState, Relay
from stories.digests.reasons import UNRECEIVED
from stories.digests.rendering import UnrenderableError
from stories.digests.timing import TIMING

logger = logging.getLogger(__name__)

BATCH = 50


def drain(edition: Edition) -> bool:
    """Send batch after batch for about a minute. True when there may be more: whoever called
    then rings for the next, so that notices and the tick get their turn."""
    until = time.monotonic() + TIMING.shift.total_seconds()
    shared: dict[str, Shared] = {}
    while deliveries := claim(edition):
        send(edition, deliveries, shared)
        if time.monotonic() > until:
            return True
    finish(edition)
    return False


def claim(edition: Edition) -> list[Delivery]:
    """What this worker may take on now: nothing while the breaker is open, one copy as its probe,
    and no more than the company's rate limit lets out in half a lease."""
    if Relay.current().is_open:
        probe = Relay.take_probe()
        return Delivery.objects.claim(edition, most=1, claim=probe) if probe else []
    room = BATCH
    if interval := Company.current().digest_interval:
        share = max(1, TIMING.lease // 2 // interval)
        room = min(BATCH, share - Delivery.objects.held().count())
    return Delivery.objects.claim(edition, most=room) if room > 0 else []


def send(edition: Edition, deliveries: list[Delivery], shared: dict[str, Shared]) -> None:
    """Send a batch; an edition that cannot be rendered is held until somebody has looked."""
    try:
        Batch(edition, deliveries, shared).send()
    except UnrenderableError as error:
        logger.exception("The digest cannot be rendered; it is paused.")
        edition.pause(by=None, note=str(error))
        for delivery in deliveries:
            delivery.put_back()


@transaction.atomic
def finish(edition: Edition) -> None:
    """The edition is sent once none of its copies will become anything else by itself. One that
    nobody got, and nobody may have got, is given up: the next covers its stories."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state != EditionState.SENDING or edition.deliveries.unsettled().exists():
        return
    if edition.deliveries.received().exists():
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    else:
        edition.abort(by=None, note=UNRECEIVED)
