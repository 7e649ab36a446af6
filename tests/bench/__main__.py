"""What `make bench` runs. Each line is `name: figure unit`; ratios are of one run on one machine.

All loops send over loopback to the same sink, with the same bytes a message where that is what
they compare. PostgreSQL commits as a company's does: nothing is sent before it is on the disk.
"""

import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from types import FrameType
from urllib.parse import urlsplit

from tests.bench.sink import MissingError, sink
from tests.faults.databases import database, migrate

RECIPIENTS = int(os.environ.get("RECIPIENTS", "100000"))
COPIES = 4000
# What each drain sends before its moment, to be a worker that has been running.
BATCH = 50
ANEW = 600
ROUNDS = 7
LOOPS = {
    "bare": "bare smtplib loop",
    "anew": "Django loop that renders each copy",
    "one": "one drain",
    "two": "two drains",
}
# Time for a process to start and get ready; it then waits for its moment.
READY_SECONDS = 8.0


@dataclass
class Ran:
    """What one process said of its work."""

    sent: int
    began: float
    ended: float
    grew: float


def say(name: str, figure: float, unit: str) -> None:
    sys.stdout.write(f"{name}: {figure:.4g} {unit}\n")
    sys.stdout.flush()


def send(how: str, copies: int, processes: int = 1, ready: float = READY_SECONDS) -> list[Ran]:
    """Let that many processes send at the same moment."""
    words = [how, str(copies), str(time.monotonic() + ready)]
    command = [sys.executable, "-m", "tests.bench.work", *words]
    children = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    ran = []
    for child in children:
        said, _ = child.communicate()
        if child.returncode:
            raise SystemExit(child.returncode)
        sent, began, ended, grew = said.split()
        ran.append(Ran(int(sent), float(began), float(ended), float(grew)))
    return ran


def rate(ran: list[Ran], copies: int) -> float:
    """Copies a second, from the first process's begin to the last one's end."""
    return copies / (max(one.ended for one in ran) - min(one.began for one in ran))


def fan_outs(people: int) -> None:
    """The first ever also makes everybody's link to stop it; the ones of later weeks find them."""
    from stories.digests.models import Delivery

    fan_out_once(f"first fan-out of {people} deliveries and links")
    Delivery.objects.all().delete()
    fan_out_once(f"fan-out of {people} deliveries")
    fan_out_once("fan-out again")


def fan_out_once(name: str) -> None:
    from stories.digests.fanout import fan_out
    from stories.digests.models import Delivery, Edition, EditionState

    rows = Delivery.objects.count()
    Edition.objects.update(state=EditionState.FROZEN)
    tidy()
    began = time.perf_counter()
    fan_out(Edition.objects.get())
    say(name, time.perf_counter() - began, "s")
    say(f"{name} added", Delivery.objects.count() - rows, "rows")


def copy_cost() -> None:
    from itertools import islice

    from tests.bench.work import readers, shared

    parts, people = shared(), list(islice(readers(), COPIES))
    began = time.perf_counter()
    size = sum(len(parts.copy_for(reader)) for reader in people)
    say("building a copy", (time.perf_counter() - began) / len(people) * 1000, "ms")
    say("size of a copy", size / len(people) / 1000, "kB")


def make_due(copies: int) -> None:
    """Exactly so many copies are due; all others wait."""
    from datetime import timedelta

    from django.utils import timezone

    from stories.digests.models import Delivery, DeliveryState

    now = timezone.now()
    rest = {"state": DeliveryState.PENDING, "attempts": 0, "started_at": None}
    Delivery.objects.update(**rest, next_attempt_at=now + timedelta(days=1))
    due = Delivery.objects.order_by("pk").values("pk")[:copies]
    Delivery.objects.filter(pk__in=due).update(next_attempt_at=now)
    tidy()


def compare() -> None:
    """The middle of many short rounds, each ratio taken within one round: what a shared machine
    gives changes from minute to minute, and hits what is measured together alike."""
    rounds = [one_round() for _round in range(ROUNDS)]
    for name, unit in LOOPS.items():
        say(unit, statistics.median(rates[name] for rates in rounds), "copies/s")
    ratio(rounds, "one", "bare", "at least 0.5")
    ratio(rounds, "one", "anew", "at least 3")
    ratio(rounds, "two", "one", "at least 1.6")


def one_round() -> dict[str, float]:
    rates = {"bare": rate(send("bare", COPIES), COPIES)}
    make_due(COPIES + BATCH)
    rates["one"] = rate(send("drain", COPIES), COPIES)
    make_due(2 * (COPIES + BATCH))
    rates["two"] = rate(send("drain", COPIES, processes=2), 2 * COPIES)
    rates["anew"] = rate(send("anew", ANEW), ANEW)
    return rates


def ratio(rounds: list[dict[str, float]], high: str, low: str, wanted: str) -> None:
    """Its middle, and how far apart the rounds were."""
    found = sorted(rates[high] / rates[low] for rates in rounds)
    spread = f"times ({wanted}; {found[0]:.2f} to {found[-1]:.2f} in {ROUNDS} rounds)"
    say(f"{LOOPS[high]} / {LOOPS[low]}", statistics.median(found), spread)


def memory(people: int) -> None:
    make_due(people)
    [ran] = send("drain", people)
    say(f"growth of a worker over {ran.sent} recipients", ran.grew, "MB (less than 50)")


def main() -> int:
    with ExitStack() as cleanup:
        try:
            port = cleanup.enter_context(sink())
        except MissingError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        hasty = cleanup.enter_context(database(f"kudos_bench_{os.getpid()}"))
        os.environ["DATABASE_URL"] = urlsplit(hasty)._replace(query="").geturl()
        os.environ["DIGEST_EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "kudos.settings"
        migrate({})

        import django

        django.setup()
        prepare(RECIPIENTS)
        fan_outs(RECIPIENTS)
        copy_cost()
        compare()
        memory(RECIPIENTS)
        cleanup.callback(close)
    return 0


def prepare(people: int) -> None:
    """That many readers, and an edition of the demo company's stories, frozen."""
    from io import StringIO
    from itertools import batched

    from django.core.management import call_command
    from django.utils import timezone

    from accounts.models import User
    from stories.digests.freeze import freeze
    from stories.digests.models import Edition

    call_command("demo", stdout=StringIO())
    Edition.objects.all().delete()
    readers = (
        User(email=f"reader{number}@bench.example", name=f"Reader {number}", password="!")
        for number in range(people - User.objects.count())
    )
    for batch in batched(readers, 2000):
        User.objects.bulk_create(batch)
    now = timezone.now()
    edition = Edition.objects.create(week_start=now.date(), cutoff_at=now, at_once=now)
    freeze(edition)


def tidy() -> None:
    """What PostgreSQL does by itself sooner or later: not in the middle of what is measured."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def close() -> None:
    from django.db import connection

    connection.close()


def stop(number: int, frame: FrameType | None) -> None:
    """Ends as Ctrl-C does: what was started and made is taken away."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
