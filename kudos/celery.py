"""The Celery application and the one periodic task."""

import logging
import os

from celery import Celery

from stories.digests.timing import TIMING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kudos.settings")

app = Celery("kudos")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["stories.digests", "stories.notices"])
app.conf.beat_schedule = {
    "tick": {
        "task": "kudos.tick",
        "schedule": TIMING.tick,
        # A round that waited for a worker until the next one came has nothing to add to it.
        "options": {"expires": TIMING.tick.total_seconds()},
    }
}
logger = logging.getLogger(__name__)


@app.task(name="kudos.tick", ignore_result=True)
def tick() -> None:
    """The minute's round: whatever is due and whatever nobody was woken for.

    Each half goes on whatever became of the other.
    """
    from stories.digests.tick import tick as tick_digests
    from stories.notices.tick import tick as tick_notices

    for go_round in (tick_notices, tick_digests):
        try:
            go_round()
        except Exception:
            logger.exception("The round in %s broke off.", go_round.__module__)
