"""Programs that live and end together, tried on real ones."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kudos.management.processes import StoppedError, Together

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
IGNORE_AND_SLEEP = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").close()
time.sleep(60)
"""


def wait_for_file(path: Path) -> None:
    deadline = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_that_ends_is_named_with_its_exit_code() -> None:
    quitter = [sys.executable, "-c", "raise SystemExit(3)"]
    with (
        pytest.raises(StoppedError, match=r"The quitter stopped \(exit code 3\)\."),
        Together({"sleeper": SLEEPER, "quitter": quitter}) as together,
    ):
        together.watch()


def test_one_that_is_killed_is_named_with_its_signal() -> None:
    with Together({"sleeper": SLEEPER}) as together:
        together.running["sleeper"].kill()
        with pytest.raises(StoppedError, match=r"The sleeper stopped \(signal 9\)\."):
            together.watch()


def test_all_have_ended_once_the_context_is_left() -> None:
    with Together({"one": SLEEPER, "two": SLEEPER}) as together:
        pass
    assert all(process.poll() is not None for process in together.running.values())


def test_one_that_will_not_end_is_killed(tmp_path: Path) -> None:
    stubborn = [sys.executable, "-c", IGNORE_AND_SLEEP, str(tmp_path / "up")]
    with Together({"stubborn": stubborn}, patience_seconds=0.3) as together:
        wait_for_file(tmp_path / "up")
    assert together.running["stubborn"].returncode == -signal.SIGKILL


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_watch(number: signal.Signals) -> None:
    with Together({"sleeper": SLEEPER}) as together:
        os.kill(os.getpid(), number)
        together.watch()
    assert together.asked_to_stop


def test_a_fulfilled_condition_ends_the_watch() -> None:
    with Together({"sleeper": SLEEPER}) as together:
        together.watch(until=lambda: True)
        assert together.running["sleeper"].poll() is None


def test_the_signals_mean_what_they_meant_before() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with Together({"sleeper": SLEEPER}):
        pass
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's end")
def test_no_orphan_is_left_when_the_parent_is_killed() -> None:
    parent_of_one = (
        "import sys; from kudos.management.processes import Together\n"
        "with Together({'child': [sys.executable, '-c', 'import time; time.sleep(60)']}) as all:\n"
        "    print(all.running['child'].pid, flush=True)\n"
        "    all.watch()\n"
    )
    with subprocess.Popen([sys.executable, "-c", parent_of_one], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 10
    while _is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _is_running(pid: int) -> bool:
    # A child whose new parent has not collected it yet is a zombie, state Z: it has ended.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
