"""What `make test` runs: the suite on SQLite, then on PostgreSQL and Redis where they answer.

Says plainly which engines ran. With CI=true an engine or a browser that is missing is a failure.
Arguments go to pytest; with any, a part of the suite runs and coverage is not asked for.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

IS_CI = os.environ.get("CI") == "true"
DATABASE_URL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/test"
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/15"
# A test database need not survive a power cut; waiting for the disk takes half of the time. What
# tests leave behind when they are rolled back makes PostgreSQL expect so many rows that it would
# compile most queries to machine code, which takes it a second or more, to read a handful.
HASTY = "options=-c%20synchronous_commit%3Doff%20-c%20jit%3Doff"
# The first has no windows to draw, and takes less of the processor for it.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
COVERAGE_PERCENT = 95
# What is the same on every engine, and takes minutes: a whole run asks it on the last one, what a
# company runs. The main job, from the browser to everybody's mail, it does on each.
ONCE = (
    # What a browser sees, and what everybody is answered at every address.
    "tests/browser/test_*.py",
    "tests/test_access_matrix.py",
    "tests/static/test_*.py",
    # What pages say.
    "tests/*/test_*_page*.py",
    "tests/*/test_admin*.py",
    "tests/stories/test_review_*.py",
    "tests/digests/test_desk_why.py",
    # What is worked out, or sent and received, without a database.
    "tests/digests/test_message*.py",
    "tests/digests/test_headers.py",
    "tests/digests/test_wording.py",
    "tests/digests/test_picking*.py",
    "tests/digests/test_reports.py",
    "tests/digests/test_webhooks*.py",
    "tests/digests/test_api.py",
    "tests/kudos/test_demo_*.py",
    "tests/stories/test_coach*.py",
    "tests/stories/test_forms*.py",
    "tests/stories/test_life_machine.py",
)
MAIN_JOB = "tests/browser/test_main_job.py"
# A developer's own settings must not reach the tests.
SETTINGS = (
    "SECRET_KEY", "DEBUG", "KUDOS_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL",
    "DIGEST_EMAIL_URL", "TRUSTED_PROXIES",
)  # fmt: skip


@dataclass
class Engine:
    """One way to run the suite: a name for people, a file's suffix, and its settings."""

    name: str
    slug: str
    settings: dict[str, str] = field(default_factory=dict)
    is_last: bool = True


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def find_services() -> Engine | None:
    """PostgreSQL and Redis, named with their versions, or None where one does not answer."""
    try:
        with psycopg.connect(DATABASE_URL, connect_timeout=3) as connection:
            postgresql = connection.info.parameter_status("server_version") or ""
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as client:
            version = client.info("server")["redis_version"]
    except (psycopg.OperationalError, redis.RedisError) as error:
        say(f"PostgreSQL and Redis are left out: {str(error).splitlines()[0]}")
        return None
    name = f"PostgreSQL {postgresql.split()[0]} and Redis {version}"
    joint = "&" if "?" in DATABASE_URL else "?"
    hasty = f"{DATABASE_URL}{joint}{HASTY}"
    return Engine(name, "postgresql", {"DATABASE_URL": hasty, "REDIS_URL": REDIS_URL})


def has_browser() -> bool:
    """Whether the browser tests have a Chromium; installs Debian's where that is allowed."""
    if os.environ.get("CHROMIUM") or any(map(shutil.which, BROWSERS)):
        return True
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium for the browser tests.")
        quietly = ["-qq", "-y", "--no-install-recommends"]
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", BROWSERS[0], "fonts-liberation"]):
            subprocess.run(["apt-get", *quietly, *words], env=environment, check=False)
    if shutil.which(BROWSERS[0]):
        return True
    say("The browser tests need Chromium: install it, or name its program in CHROMIUM.")
    return False


def run(engine: Engine, arguments: list[str]) -> bool:
    """Run the suite on one engine, in a home of its own; True when it passed."""
    say(f"\n== The suite on {engine.name} ==")
    coverage = [] if arguments else ["--cov", "--cov-report="]
    # Two more than there are cores, since the faults, of which two at a time are played, and the
    # browser's tests wait for much of their time.
    workers = str(min(4, os.cpu_count() or 1) + 2)
    with tempfile.TemporaryDirectory(prefix="kudos-tests-") as home:
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environment |= {"KUDOS_HOME": home, "COVERAGE_FILE": f".coverage.{engine.slug}"}
        environment |= engine.settings
        command = [sys.executable, "-m", "pytest", "-p", "tests.running", "-n", workers]
        # One test after the other, in the order that tests.running gives them.
        command += ["--dist", "loadgroup", "--no-loadscope-reorder", *coverage, *arguments]
        if not (arguments or engine.is_last):
            command += [f"--ignore={path}" for path in _asked_once()]
        return subprocess.run(command, env=environment, check=False).returncode == 0


def _asked_once() -> list[str]:
    found = (str(path) for pattern in ONCE for path in sorted(Path().glob(pattern)))
    return [path for path in found if path != MAIN_JOB]


def is_covered(engines: list[Engine]) -> bool:
    """Add up what every engine covered and print what is left; True when it is enough."""
    coverage = [sys.executable, "-m", "coverage"]
    files = [f".coverage.{engine.slug}" for engine in engines]
    subprocess.run([*coverage, "combine", "--quiet", *files], check=True)
    report = [*coverage, "report", f"--fail-under={COVERAGE_PERCENT}"]
    return subprocess.run(report, check=False).returncode == 0


def main(arguments: list[str]) -> int:
    os.chdir(Path(__file__).parent.parent)
    browser, services = has_browser(), find_services()
    if IS_CI and not (browser and services):
        say("With CI=true every engine and the browser must be there.")
        return 1
    engines = [
        Engine("SQLite", "sqlite", is_last=services is None),
        *([services] if services else []),
    ]
    passed = {engine.name: run(engine, arguments) for engine in engines}
    # One engine alone leaves the other's room unvisited, so the bar is for both together.
    covered = bool(arguments) or not services or is_covered(engines)
    say("")
    for name, success in passed.items():
        say(f"{name}: {'passed' if success else 'FAILED'}.")
    if not services:
        say("PostgreSQL and Redis: not run, because they did not answer.")
    return 0 if all(passed.values()) and covered else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
