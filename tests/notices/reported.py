"""What the tests of mails about reports share."""

from django.core import mail
from django.db.models import F

from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due

WHY = "It names a customer who did not agree."


def owed(kind: Kind) -> set[str]:
    return {notice.person.name for notice in Notice.objects.filter(kind=kind)}


def after_the_hold() -> None:
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()


def both_parts() -> list[str]:
    [message] = mail.outbox
    return [" ".join(str(message.body).split()), str(message.alternatives[0].content)]
