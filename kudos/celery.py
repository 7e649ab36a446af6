"""The Celery application and the one periodic task."""

import os

from celery import Celery

from stories.digests.timing import TIMING

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kudos.settings")

app = Celery("kudos")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["stories.digests", "stories.notices"])
app.conf.beat_schedule = {"tick": {"task": "kudos.tick", "schedule": TIMING.tick}}


@app.task(name="kudos.tick", ignore_result=True)
def tick() -> None:
    """The minute's round: whatever is due and whatever nobody was woken for."""
    from stories.digests.tick import tick as tick_digests
    from stories.notices.tick import tick as tick_notices

    tick_notices()
    tick_digests()
