"""Giving an address that no mailbox answered another chance."""

from django.db import transaction

from accounts.models import History, User
from stories.digests.desk.verbs import DeskVerb
from stories.digests.models import Suppression


@transaction.atomic
def lift_suppression(suppression: Suppression, *, by: User) -> None:
    """Send to this address again. History keeps it, and what the mail server said of it."""
    said = {"address": suppression.address, "reason": suppression.reason}
    History.objects.record(DeskVerb.LIFT, suppression, actor=by, before=said)
    suppression.delete()
