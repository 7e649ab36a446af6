"""Senders stand still past their lease with a message in hand, then go on as if nothing was."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models.functions import Now

from stories.digests.clock import after
from stories.digests.models import Delivery, DeliveryState
from stories.digests.timing import TIMING
from tests.faults.processes import BrokenError
from tests.faults.stage import Stage

ROUNDS = TOGETHER = 2
BEGIN_AT = 0.05
# A sender that moves renews its lease with each message, several times in this time.
STILL = timedelta(seconds=1)


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    stage.staff()
    stage.until_share(BEGIN_AT)
    stalls = 0
    for _round in range(ROUNDS):
        while not (caught := catch(stage)):
            if stage.is_settled():
                raise BrokenError("Everything was sent before a sender was caught at work.")
        stalls += caught
    stage.until_settled()
    stage.settle()
    return stalls


def catch(stage: Stage) -> int:
    """Stop some senders. If they have messages in hand, leave them so until others have sent
    those copies, and only then let them go on. Returns how many messages that were."""
    stage.until(lambda: len(stage.crew.senders) >= TOGETHER, "there are senders to stop")
    stage.until_none_is_resent()
    with stopped(stage.random.sample(stage.crew.senders, TOGETHER)):
        time.sleep(STILL.total_seconds())
        caught = in_hand()
        # One may have stopped with a lock in hand, so that nobody gets on before it does.
        most = TIMING.lease + TIMING.pause + 3 * TIMING.tick
        until = time.monotonic() + most.total_seconds() if caught else 0
        while time.monotonic() < until and not are_sent(caught):
            time.sleep(0.1)
    return min(len(caught), TOGETHER)


@contextmanager
def stopped(senders: list[int]) -> Iterator[None]:
    for sender in senders:
        os.kill(sender, signal.SIGSTOP)
    try:
        yield
    finally:
        for sender in senders:
            os.kill(sender, signal.SIGCONT)


def in_hand() -> list[int]:
    """Copies that are on their way and whose sender has not moved for a while."""
    moved = after(TIMING.lease - STILL / 2)
    rows = Delivery.objects.filter(
        state=DeliveryState.SENDING, started_at__isnull=False, lease_until__range=(Now(), moved)
    )
    return list(rows.values_list("pk", flat=True))


def are_sent(copies: list[int]) -> bool:
    return not Delivery.objects.filter(pk__in=copies).exclude(state=DeliveryState.SENT).exists()
