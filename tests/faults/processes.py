"""Starting, finding and ending processes: only ever those that a run started itself."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 15


class BrokenError(Exception):
    """What a row found wrong, or could not do, as a sentence."""


def find(program: str) -> str:
    """The program on the PATH, or where Debian keeps PostgreSQL's, the newest one. Raises
    BrokenError where there is none."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    found = shutil.which(program) or (str(installed[-1]) if installed else "")
    if not found:
        raise BrokenError(f"There is no {program} on this machine.")
    return found


def start(
    command: Sequence[str | Path], *, log: Path, cwd: Path = ROOT, user: str | None = None
) -> subprocess.Popen[bytes]:
    """A program of this run, in a process group of its own; what it says goes into `log`.

    `user` is whom it runs as, instead of root.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            process_group=0,
            user=user,
            group=user,
            extra_groups=[] if user else None,
        )


def python(module: str, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", module, *arguments]


def kill(child: subprocess.Popen[bytes]) -> None:
    """End a program and its whole group at once."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def end(children: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask programs to end, all at once; kill what does not."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + PATIENCE_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0, deadline - time.monotonic()))
        kill(child)


def children_of(child: subprocess.Popen[bytes]) -> list[int]:
    """The processes that a program has forked and that live."""
    return [pid for pid, parent, _session in _processes() if parent == child.pid]


def sweep(session: int) -> None:
    """Kill whatever is left in a session that this run opened."""
    for pid, _parent, belongs in _processes():
        if belongs == session:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _processes() -> list[tuple[int, int, int]]:
    """Each living process with its parent and its session."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,sess=,stat="], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [(int(row[0]), int(row[1]), int(row[2])) for row in rows if row[3][0] != "Z"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(holds: Callable[[], bool], what: str, *, seconds: float = 20) -> None:
    """Return once it holds; raises BrokenError when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise BrokenError(f"Waited {seconds:.0f} seconds in vain: {what}.")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
