"""The minute's look for notices that nobody was woken for."""

from kudos.lib.wake import wake
from stories.notices.models import Notice
from stories.notices.tasks import send_notices


def tick() -> None:
    """Wake a worker where notices are due: new ones, retries, and those of a worker that died."""
    if Notice.objects.due().exists():
        wake(send_notices)
