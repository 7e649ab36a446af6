"""Worker nodes and beats: the product's own programs, with shorter intervals."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from random import Random

from tests.faults.processes import BrokenError, children_of, end, kill, python, start

CHILDREN = 2
REVIVALS_MOST = 8


class Crew:
    """The nodes and beats of one run. A sender is a pool child of a node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count(1)
        self.revived = 0
        self.nodes: list[subprocess.Popen[bytes]] = []
        self.beats: list[subprocess.Popen[bytes]] = []

    def add_node(self) -> None:
        name = ["--hostname", f"node{next(self.numbers)}@%h", "--concurrency", str(CHILDREN)]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        self.nodes.append(self._celery("worker", "--pool", "prefork", *name, *quiet))

    def add_beat(self) -> None:
        schedule = self.folder / f"beat{next(self.numbers)}"
        self.beats.append(self._celery("beat", "--schedule", str(schedule), "--pidfile", ""))

    def _celery(self, program: str, *words: str) -> subprocess.Popen[bytes]:
        command = python("celery", "--quiet", "--app", "tests.faults.app", program, *words)
        return start([*command, "--loglevel", "warning"], log=self.folder / f"{program}.log")

    def revive(self) -> None:
        """Start those again that have ended by themselves, as docker-compose.yml does: a node
        may (celery 5.7) when Redis goes away. Raises BrokenError when that becomes a habit."""
        for name, running, add in (
            ("node", self.nodes, self.add_node),
            ("beat", self.beats, self.add_beat),
        ):
            for child in [child for child in running if child.poll() is not None]:
                sys.stderr.write(f"A {name} ended by itself, with {child.returncode}.\n")
                running.remove(child)
                self.revived += 1
                if self.revived > REVIVALS_MOST:
                    raise BrokenError(f"{name.capitalize()}s end by themselves again and again.")
                add()

    @property
    def senders(self) -> list[int]:
        return [pid for node in self.nodes for pid in children_of(node)]

    def kill_sender(self, random: Random) -> int:
        """SIGKILL one pool child; returns how many senders that cost."""
        if not (senders := self.senders):
            return 0
        os.kill(random.choice(senders), signal.SIGKILL)
        return 1

    def kill_node(self, random: Random) -> int:
        """SIGKILL a whole node and start another; returns how many senders that cost."""
        node = self.nodes.pop(random.randrange(len(self.nodes)))
        cost = len(children_of(node))
        kill(node)
        self.add_node()
        return cost

    def stop(self) -> None:
        """End them in order, as an operator would: beats first, tasks finished."""
        end(self.beats)
        end(self.nodes)
        self.nodes, self.beats = [], []

    def kill(self) -> None:
        for child in (*self.beats, *self.nodes):
            with suppress(ProcessLookupError):
                kill(child)
