"""Other processes on the test's own database: real workers, and real deaths."""

import os
import subprocess
import sys
from pathlib import Path

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
