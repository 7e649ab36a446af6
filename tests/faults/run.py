"""One run of one fault: a process of its own with a deadline, on a database of its own."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.engines import SETTINGS
from tests.faults.databases import database
from tests.faults.line import Line
from tests.faults.processes import ROOT, free_port, python, sweep

FAULTS = (
    "kill", "stall", "redis", "postgres", "smtp", "repeat",
    "outage", "zones", "leave", "hide", "poison", "wakeup",
)  # fmt: skip
# Played by `make faults` alone: a run takes longer than the suite bears.
BESIDE = ("desk",)
CLEANING_SECONDS = 30
LOG_LINES = 200


def deadline_seconds(recipients: int) -> int:
    """How long a run may take, several times what it does on two cores."""
    return 180 + recipients // 30


def run(fault: str, seed: int, recipients: int, *, template: str) -> Line:
    """Play the fault and return its line; what else there is to say goes to stderr."""
    with tempfile.TemporaryDirectory(prefix="kudos-faults-") as name:
        folder = Path(name)
        with _database_for(fault, template, f"{template}_{fault}_{seed}") as url:
            line = _play(Line(fault=fault, seed=seed, recipients=recipients), url, folder)
        if not line.is_ok:
            _show_logs(folder)
    return line


@contextmanager
def _database_for(fault: str, template: str, name: str) -> Iterator[str]:
    if fault == "postgres":
        # The row itself starts the cluster at this address.
        yield f"postgres://postgres@127.0.0.1:{free_port()}/postgres"
    else:
        with database(name, like=template) as url:
            yield url


def _play(asked: Line, url: str, folder: Path) -> Line:
    """The line that the row's process prints; the one asked for, broken, where it prints none."""
    words = [asked.fault, str(asked.seed), str(asked.recipients)]
    with subprocess.Popen(
        python("tests.faults.row", *words, folder),
        cwd=ROOT,
        env=_environment(url, folder),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as row:
        try:
            most = deadline_seconds(asked.recipients) + CLEANING_SECONDS
            return Line.parse(row.communicate(timeout=most)[0])
        except (subprocess.TimeoutExpired, ValueError):
            return asked
        finally:
            _end(row)


def _end(row: subprocess.Popen[str]) -> None:
    """Let the row clean up after itself, then kill what it left."""
    row.terminate()
    try:
        row.wait(CLEANING_SECONDS)
    except subprocess.TimeoutExpired:
        row.kill()
        row.wait()
    sweep(row.pid)


def _environment(url: str, folder: Path) -> dict[str, str]:
    """The environment of everything in the run: a developer's own settings do not reach it."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "kudos.settings",
        "PYTHONPATH": str(ROOT),
        "KUDOS_HOME": str(folder / "home"),
        # Where a worker that is killed leaves what it had no time to remove.
        "TMPDIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": url,
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "DIGEST_EMAIL_URL": f"smtp://127.0.0.1:{free_port()}",
    }


def _show_logs(folder: Path) -> None:
    for log in sorted(folder.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()[-LOG_LINES:]
        if lines:
            sys.stderr.write("\n".join([f"-- {log.name}", *lines, ""]))
