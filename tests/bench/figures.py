"""The figures of one worker and of the database; Django is set up by whoever imports this."""

import sys
import time
from itertools import islice

from stories.digests.fanout import fan_out
from stories.digests.models import Delivery, Edition, EditionState
from tests.bench.company import tidy
from tests.bench.work import readers, shared

COPIES_TO_BUILD = 4000


def say(name: str, figure: float, unit: str) -> None:
    sys.stdout.write(f"{name}: {figure:.4g} {unit}\n")
    sys.stdout.flush()


def fan_outs(people: int) -> None:
    """The first ever also makes everybody's link to stop it; the ones of later weeks find them."""
    fan_out_once(f"first fan-out of {people} deliveries and links")
    Delivery.objects.all().delete()
    fan_out_once(f"fan-out of {people} deliveries")
    fan_out_once("fan-out again")


def fan_out_once(name: str) -> None:
    rows = Delivery.objects.count()
    Edition.objects.update(state=EditionState.FROZEN)
    tidy()
    began = time.perf_counter()
    fan_out(Edition.objects.get())
    say(name, time.perf_counter() - began, "s")
    say(f"{name} added", Delivery.objects.count() - rows, "rows")


def copy_cost() -> None:
    parts, people = shared(), list(islice(readers(), COPIES_TO_BUILD))
    began = time.perf_counter()
    size = sum(len(parts.copy_for(reader)) for reader in people)
    say("building a copy", (time.perf_counter() - began) / len(people) * 1000, "ms")
    say("size of a copy", size / len(people) / 1000, "kB")
