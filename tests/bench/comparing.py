"""Loops that send, one beside another: how many copies a second each does, and their ratios."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

from stories.digests.models.claiming import BATCH
from tests.bench.company import make_due
from tests.bench.figures import say

LOOPS = {
    "bare": "bare smtplib loop",
    "anew": "Django loop that renders each copy",
    "one": "one drain",
    "two": "two drains",
}
WANTED = {
    ("one", "bare"): "at least 0.5; ",
    ("one", "anew"): "at least 3; ",
    ("two", "one"): "at least 1.6; ",
}
# Time for a process to start and get ready; it then waits for its moment.
READY_SECONDS = 8.0


@dataclass(frozen=True)
class Way:
    """How far off the mail server is, and how much is sent to it: `copies` by each quick loop and
    `anew` by the slow one, so many rounds of it."""

    name: str
    copies: int
    anew: int
    rounds: int


# Where the server answers in no time, it shows what Kudos itself costs; where it takes a moment, as
# all that are not on this machine do, what a company gets.
NEAR = Way("", 4000, 600, 7)
AWAY_SECONDS = 0.002
FAR = Way(f", mail server {AWAY_SECONDS * 1000:.0f} ms away", 800, 160, 5)


@dataclass
class Ran:
    """What one process said of its work: copies, seconds of the clock, megabytes, cores."""

    sent: int
    began: float
    ended: float
    grew: float
    busy: float


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
        sent, *figures = said.split()
        ran.append(Ran(int(sent), *map(float, figures)))
    return ran


def rate(ran: list[Ran], copies: int) -> float:
    """Copies a second, from the first process's begin to the last one's end."""
    return copies / (max(one.ended for one in ran) - min(one.began for one in ran))


def compare(way: Way) -> None:
    """The middle of many short rounds, each ratio taken within one round: what a shared machine
    gives changes from minute to minute, and hits what is measured together alike."""
    rounds = [one_round(way) for _round in range(way.rounds)]
    for name, unit in LOOPS.items():
        say(f"{unit}{way.name}", statistics.median(rates[name] for rates in rounds), "copies/s")
    for (high, low), wanted in WANTED.items():
        ratio(way, rounds, high, low, wanted)
    busy = statistics.median(rates["busy"] for rates in rounds)
    say(f"cores busy while two drains send{way.name}", busy, f"of {os.cpu_count()}")


def one_round(way: Way) -> dict[str, float]:
    rates = {"bare": rate(send("bare", way.copies), way.copies)}
    # Each drain has sent a batch before its moment, as a worker that has been running.
    make_due(way.copies + BATCH)
    rates["one"] = rate(send("drain", way.copies), way.copies)
    make_due(2 * (way.copies + BATCH))
    ran = send("drain", way.copies, processes=2)
    rates["two"], rates["busy"] = rate(ran, 2 * way.copies), max(one.busy for one in ran)
    rates["anew"] = rate(send("anew", way.anew), way.anew)
    return rates


def ratio(way: Way, rounds: list[dict[str, float]], high: str, low: str, wanted: str) -> None:
    """Its middle, and how far apart the rounds were."""
    found = sorted(rates[high] / rates[low] for rates in rounds)
    spread = f"times ({wanted}{found[0]:.2f} to {found[-1]:.2f} in {way.rounds} rounds)"
    say(f"{LOOPS[high]} / {LOOPS[low]}{way.name}", statistics.median(found), spread)


def memory(people: int) -> None:
    make_due(people)
    [ran] = send("drain", people)
    say(f"growth of a worker over {ran.sent} recipients", ran.grew, "MB (less than 50)")
