"""Ringing the doorbell: the rows are the truth, a task only says that there are some."""

import logging
from functools import partial

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_on_commit(task: Task[..., object], *args: int | str) -> None:
    """Queue `task` once the surrounding transaction is committed.

    A broker that is down costs a log line: the next tick finds the rows (architecture, rule 7).
    """
    transaction.on_commit(partial(wake, task, *args), robust=True)


def wake(task: Task[..., object], *args: int | str) -> None:
    """Queue `task` now; a broker that is down costs a log line."""
    try:
        task.delay(*args)
    except (OperationalError, OSError) as error:
        logger.warning("No wake-up for %s: %s. The next tick finds the work.", task.name, error)
