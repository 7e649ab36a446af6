"""The proof table: `python -m tests.faults --recipients 10000 --seeds 5 [fault ...]`."""

import argparse
import signal
import sys
from types import FrameType

from tests.faults.databases import template
from tests.faults.line import HEADER
from tests.faults.run import BESIDE, FAULTS, run


def main(faults: list[str], *, recipients: int, seeds: int) -> bool:
    """Print a line for each fault and seed; True when all of them are ok."""
    all_ok = True
    with template() as name:
        show(HEADER)
        for fault in faults:
            for seed in range(1, seeds + 1):
                line = run(fault, seed, recipients, template=name)
                all_ok &= line.is_ok
                show(str(line))
    return all_ok


def show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Break what the digest stands on, and count.")
    every = [*FAULTS, *BESIDE]
    parser.add_argument("faults", nargs="*", metavar="fault", help=f"of {', '.join(every)}")
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args()
    if unknown := set(asked.faults) - set(every):
        parser.error(f"There is no fault called {', '.join(sorted(unknown))}.")
    signal.signal(signal.SIGTERM, stop)
    try:
        passed = main(asked.faults or every, recipients=asked.recipients, seeds=asked.seeds)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0 if passed else 1)
