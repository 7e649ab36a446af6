"""From one address in the environment to Django's DATABASES."""

from pathlib import Path
from typing import Any

import dj_database_url


def connection(url: str, *, home: Path) -> dict[str, Any]:
    """Django's settings for one database address, with what each engine needs to be safe."""
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE takes the write lock at once: a transaction that read first and writes
        # later would otherwise fail instead of waiting for its turn.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        }
        # A file rather than memory, so that tests can start other processes on it.
        config["TEST"] = {"NAME": home / "test.sqlite3"}
    else:
        # Beside what the address itself asks for, such as `?sslmode=require`.
        pool = {"min_size": 1, "max_size": 8, "timeout": 10}
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": pool}
    return config
