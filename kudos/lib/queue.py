"""From Redis's address, or from a folder where there is none, to the options of Celery's broker."""

from pathlib import Path
from typing import Any


def transport_options(redis_url: str, *, home: Path) -> dict[str, Any]:
    """What kombu needs to know of its transport; an empty address makes the queue's folders."""
    if redis_url:
        return {
            "socket_connect_timeout": 2,
            "socket_timeout": 10,
            # One quick second try, where kombu's own patience would hold a request for seconds.
            "max_retries": 1,
            "interval_start": 0,
            "interval_step": 0.1,
        }
    folder = home / "queue"
    for name in ("messages", "control"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
    }
