"""The process of one run: `python -m tests.faults.row FAULT SEED RECIPIENTS FOLDER`."""

from __future__ import annotations

# First of all: it shortens the intervals before anything else reads them.
from tests.faults import app  # noqa: F401  # isort: skip

import ctypes
import signal
import sys
import traceback
from contextlib import ExitStack
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import django

from tests.faults.line import Line
from tests.faults.processes import BrokenError
from tests.faults.run import deadline_seconds

if TYPE_CHECKING:
    from tests.faults.stage import Stage

PR_SET_PDEATHSIG = 1  # prctl(2)


class DeadlineError(Exception):
    """The run has taken too long."""


def main(asked: Line, folder: Path) -> Line:
    """Set the stage, play the fault and take the account; everything started ends with it."""
    with ExitStack() as cleanup:
        django.setup()
        from tests.faults.stage import Stage

        stage = Stage(asked, folder, cleanup)
        try:
            return play(asked, stage)
        except DeadlineError:
            stage.say(f"Out of time, waiting until {stage.waiting_for}.")
        except BrokenError as error:
            stage.say(str(error))
        except Exception:
            stage.say(traceback.format_exc())
        finally:
            signal.alarm(0)
    return asked


def play(asked: Line, stage: Stage) -> Line:
    bound = import_module(f"tests.faults.rows.{asked.fault}").play(stage)
    found = stage.total()
    for wrong in found.wrongs:
        stage.say(wrong)
    is_ok = found.missing == 0 and found.extra <= bound and not found.wrongs
    return replace(asked, missing=found.missing, extra=found.extra, bound=bound, is_ok=is_ok)


def out_of_time(number: int, frame: FrameType | None) -> None:
    raise DeadlineError


def asked_to_end(number: int, frame: FrameType | None) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    if sys.platform == "linux":
        # Whoever started this run may be killed outright; it ends then too, and cleans up.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGTERM, asked_to_end)
    signal.signal(signal.SIGALRM, out_of_time)
    fault, seed, recipients, where = sys.argv[1:]
    wanted = Line(fault=fault, seed=int(seed), recipients=int(recipients))
    signal.alarm(deadline_seconds(wanted.recipients))
    sys.stdout.write(f"{main(wanted, Path(where))}\n")
