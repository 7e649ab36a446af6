"""Tasks: each takes ids, calls one verb, and is safe to run twice."""

from celery import shared_task

from kudos.lib.wake import wake, wake_on_commit
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.drain import drain
from stories.digests.fanout import fan_out
from stories.digests.models import Edition
from stories.digests.timing import TIMING

# One task sends a few hundred a minute; more at once would only queue up behind one another.
COPIES_A_TASK = 250
TASKS_MOST = 8


# One that no worker was free for is dropped when its turn comes: the tick has counted anew by then.
@shared_task(name="digests.drain", expires=TIMING.shift.total_seconds())
def drain_edition(edition_id: int) -> None:
    """Send what is due of one edition, for one shift, and leave the rest to the next."""
    if drain(Edition.objects.get(pk=edition_id)):
        wake(drain_edition, edition_id)


@shared_task(name="digests.depart", expires=TIMING.tick.total_seconds())
def depart_edition(edition_id: int) -> None:
    """Make everybody's copy of an edition that was sent at once, and ring for those who send them.
    One that is held waits; whatever stops this, the next tick does the same."""
    edition = Edition.objects.get(pk=edition_id)
    if edition.is_departing and edition.paused_at is None:
        fan_out(edition)
        ring(edition_id, edition.deliveries.count())


@shared_task(name="digests.desk_mail")
def send_desk_mails() -> None:
    """Send the tests that culture leads asked for, and what they have to be told."""
    send_due_desk_mails()


def ring(edition_id: int, copies: int, busy: int = 0) -> None:
    """Wake as many workers as so many due copies keep busy, less those at work already."""
    for _task in range(min(TASKS_MOST, -(-copies // COPIES_A_TASK)) - busy):
        wake_on_commit(drain_edition, edition_id)
