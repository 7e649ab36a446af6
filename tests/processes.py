"""Other processes on the test's own database: real workers, and real deaths."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def environment(**changes: str) -> dict[str, str]:
    """The environment in which another process finds this test's database and broker."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        user, host, port = database["USER"], database["HOST"], database["PORT"] or 5432
        password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
        url = f"postgres://{user}{password}@{host}:{port}/{database['NAME']}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kudos.settings",
        "DATABASE_URL": url,
        "REDIS_URL": settings.REDIS_URL,
        "KUDOS_HOME": str(settings.KUDOS_HOME),
        "PYTHONPATH": str(ROOT),
        **changes,
    }


def run(code: str, *args: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, in the test's environment, for at most a minute."""
    return subprocess.run(
        [sys.executable, "-c", code, *args],
        env=environment(**changes),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class Started:
    """Processes that end, at the latest, with the block that started them."""

    def __init__(self) -> None:
        self.children: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def celery(self, *args: str, **changes: str) -> subprocess.Popen[bytes]:
        """A Celery program on the test's database and broker, in the environment given."""
        command = [sys.executable, "-m", "celery", "-A", "kudos", *args, "--loglevel", "warning"]
        child = subprocess.Popen(command, env=environment(**changes), cwd=ROOT)
        self.children.append(child)
        return child

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with ExitStack() as ends:
            for child in self.children:
                child.terminate()
                ends.callback(_end, child)


def _end(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def wait_until(holds: Callable[[], bool], *, seconds: float) -> None:
    """Return once it holds; raise AssertionError when it does not within the time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"It did not happen within {seconds} seconds."
        time.sleep(0.2)
