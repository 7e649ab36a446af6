"""Tasks: each takes ids, calls one verb, and is safe to run twice."""

from celery import shared_task

from kudos.lib.wake import wake
from stories.digests.drain import drain
from stories.digests.models import Edition


@shared_task(name="digests.drain")
def drain_edition(edition_id: int) -> None:
    """Send what is due of one edition, and ring again where some is left."""
    if drain(Edition.objects.get(pk=edition_id)):
        wake(drain_edition, edition_id)
