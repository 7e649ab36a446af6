"""Ringing the doorbell: the rows are the truth, a task only says that there are some."""

import logging
from datetime import timedelta
from functools import partial

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_on_commit(
    task: Task[..., object], *args: int | str, wait: timedelta = timedelta()
) -> None:
    """Queue `task` once the surrounding transaction is committed, to begin after a wait of seconds.

    A worker keeps what is to begin later in its memory, and Redis gives it to a second one after
    an hour: longer waits are left to the tick. A broker that is down costs a log line: the next
    tick finds the rows (architecture, rule 7).
    """
    transaction.on_commit(partial(wake, task, *args, wait=wait), robust=True)


def wake(task: Task[..., object], *args: int | str, wait: timedelta = timedelta()) -> None:
    """Queue `task` now; a broker that is down costs a log line."""
    try:
        task.apply_async(args, countdown=wait.total_seconds())
    except (OperationalError, OSError) as error:
        logger.warning("No wake-up for %s: %s. The next tick finds the work.", task.name, error)
