"""Several programs that live and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType, TracebackType
from typing import Self

POLL_SECONDS = 0.2
PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StoppedError(Exception):
    """One of the programs ended of its own accord; the message says which and how."""


def _end_with_parent() -> None:
    """Have the kernel end this child when its parent is killed outright.

    An orphan would keep the port, and the next start would find it taken. Linux only.
    """
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Together:
    """A context in which the named programs run. Leaving it ends every one of them.

    Inside it SIGINT and SIGTERM only set `asked_to_stop`. Each program gets a session of its own,
    so that a Ctrl-C at the terminal reaches it once, through us, and it can end in order.
    """

    def __init__(
        self, programs: Mapping[str, Sequence[str]], *, patience_seconds: float = 15
    ) -> None:
        self.programs = programs
        self.patience_seconds = patience_seconds
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.asked_to_stop = False

    def __enter__(self) -> Self:
        self._handlers = {
            number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)
        }
        for name, command in self.programs.items():
            self.running[name] = subprocess.Popen(
                command, start_new_session=True, preexec_fn=_end_with_parent
            )
        return self

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def watch(self, until: Callable[[], bool] = lambda: False) -> None:
        """Return when `until()` holds or somebody asks to stop.

        Raises StoppedError as soon as one of the programs has ended.
        """
        while not self.asked_to_stop and not until():
            for name, process in self.running.items():
                if (code := process.poll()) is not None:
                    raise StoppedError(f"The {name} stopped ({_reason(code)}).")
            time.sleep(POLL_SECONDS)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for process in self.running.values():
            process.terminate()
        deadline = time.monotonic() + self.patience_seconds
        for process in self.running.values():
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)


def _reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
