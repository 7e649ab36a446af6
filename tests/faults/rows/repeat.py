"""Everything twice and more: four fan-outs at once, two beats, and one task delivered 40 times."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from django.db import connections

from stories.digests.fanout import fan_out
from stories.digests.models import Edition, EditionState
from stories.digests.tasks import drain_edition
from stories.digests.tick import tick
from stories.digests.timing import TIMING
from tests.faults.stage import Stage

FAN_OUTS = 4
DELIVERED = 40
BEATS = 2
KEPT_SECONDS = 600
# How many rounds the two beats go on after the last copy.
ROUNDS = 3


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    fan_out_at_once()
    edition = Edition.objects.get()
    stage.staff(beats=BEATS)
    stage.until_share(0.01)
    same = str(uuid4())
    for _time in range(DELIVERED):
        drain_edition.apply_async((edition.pk,), task_id=same, expires=KEPT_SECONDS)
    stage.until(stage.is_settled, "every row is terminal")
    time.sleep(ROUNDS * TIMING.tick.total_seconds())
    stage.until_settled()
    found = stage.settle()
    found.add("an edition too many", Edition.objects.exclude(pk=edition.pk))
    return 0


def fan_out_at_once() -> None:
    """Take an edition back to where its rows are still to be made, and make them four times."""
    tick()
    edition = Edition.objects.get()
    edition.deliveries.all().delete()
    Edition.objects.update(state=EditionState.FROZEN)
    barrier = Barrier(FAN_OUTS)

    def once(_number: int) -> None:
        mine = Edition.objects.get()
        barrier.wait()
        try:
            fan_out(mine)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(FAN_OUTS) as pool:
        list(pool.map(once, range(FAN_OUTS)))
