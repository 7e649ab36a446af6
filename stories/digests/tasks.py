"""Tasks: each takes ids, calls one verb, and is safe to run twice."""

from celery import shared_task

from kudos.lib.wake import wake
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.drain import drain
from stories.digests.models import Edition
from stories.digests.timing import TIMING


# One that no worker was free for is dropped when its turn comes: the tick has counted anew by then.
@shared_task(name="digests.drain", expires=TIMING.shift.total_seconds())
def drain_edition(edition_id: int) -> None:
    """Send what is due of one edition, for one shift, and leave the rest to the next."""
    if drain(Edition.objects.get(pk=edition_id)):
        wake(drain_edition, edition_id)


@shared_task(name="digests.desk_mail")
def send_desk_mails() -> None:
    """Send the tests that culture leads asked for, and what they have to be told."""
    send_due_desk_mails()
