"""The minute's look for notices that nobody was woken for."""

from kudos.lib.wake import wake
from stories.notices.models import Notice, Reminder, StandInNotice
from stories.notices.reminding import remind
from stories.notices.tasks import send_notices


def tick() -> None:
    """Owe the day's reminders, and wake a worker where mails are due: new ones, retries, and those
    of a worker that died."""
    try:
        remind()
    finally:
        if any(outbox.objects.due().exists() for outbox in (Notice, Reminder, StandInNotice)):
            wake(send_notices)
