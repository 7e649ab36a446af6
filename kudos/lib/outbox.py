"""Mail that is owed to a person: a row first, then at least one attempt, and the same mail if two.

A model that inherits `Outbox` adds `person`, whom it goes to, and a manager from `OutboxQuerySet`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any, Self
from uuid import uuid4

from django.core.mail import EmailMessage
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kudos.lib.mail import new_message_id

logger = logging.getLogger(__name__)

# A worker that has not said "sent" by then is taken for dead: longer than the SMTP timeout.
LEASE = timedelta(minutes=2)
# Two days in all: a mail server that is down over a night or a weekend costs nobody their mail.
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, *[240] * 11))


class State(models.TextChoices):
    PENDING = "pending", _("To be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    LAPSED = "lapsed", _("No longer due")


OPEN = (State.PENDING, State.SENDING)


class OutboxQuerySet[Mail: Outbox](models.QuerySet[Mail]):
    def due(self) -> Self:
        """Waiting rows, and rows whose worker died with them, by the database's clock."""
        waiting = Q(state=State.PENDING, next_attempt_at__lte=Now())
        abandoned = Q(state=State.SENDING, lease_until__lt=Now())
        return self.filter(waiting | abandoned)

    def claim(self, most: int) -> list[Mail]:
        """Take up to `most` due rows for this worker alone."""
        with transaction.atomic():
            rows = self.due().select_for_update(skip_locked=True).order_by("pk")[:most]
            claim = uuid4()
            self.filter(pk__in=[row.pk for row in rows]).update(
                state=State.SENDING, claim=claim, lease_until=Now() + LEASE
            )
        return list(self.filter(claim=claim).select_related("person").order_by("pk"))


class Outbox(models.Model):
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, default=new_message_id)
    error = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def mine(self) -> models.QuerySet[Any]:
        """This row as long as it is this worker's."""
        return type(self)._default_manager.filter(pk=self.pk, claim=self.claim)

    def fence(self) -> bool:
        """Begin an attempt: extend the lease, unless another worker has taken the row over.

        The person is checked in the same statement, so that a leaver is not written to.
        """
        held = self.mine.filter(lease_until__gt=Now(), person__is_active=True)
        return bool(held.update(lease_until=Now() + LEASE, attempts=F("attempts") + 1))

    def give_back(self) -> None:
        """The fence said no: a leaver's mail lapses, any other is left to its next worker.

        A lease that ran out while others were sent is no reason to send nothing.
        """
        self.mine.filter(person__is_active=False).update(state=State.LAPSED, claim=None)

    def close(self, state: State, error: str = "") -> None:
        """End the attempt, if the row is still this worker's."""
        sent_at = Now() if state == State.SENT else None
        self.mine.update(state=state, claim=None, lease_until=None, sent_at=sent_at, error=error)

    def retry(self, error: str) -> None:
        """Try again later, at growing intervals; after the last one the mail has failed."""
        if self.attempts >= len(RETRIES):
            self.close(State.FAILED, error)
            return
        self.mine.update(
            state=State.PENDING,
            claim=None,
            lease_until=None,
            next_attempt_at=Now() + RETRIES[self.attempts],
            error=error,
        )

    def put_off(self, wait: timedelta) -> None:
        """Leave it for later: no attempt was made."""
        self.mine.update(
            state=State.PENDING, claim=None, lease_until=None, next_attempt_at=Now() + wait
        )

    def post(self, write: Callable[[], EmailMessage]) -> None:
        """One attempt at what `write` makes, which ends as sent, failed, lapsed or to be tried
        again. One mail that cannot be written must not hold up the others."""
        if not self.fence():
            self.give_back()
            return
        try:
            message = write()
        except Exception as error:
            logger.exception("%s %s cannot be written", type(self).__name__, self.pk)
            self.close(State.FAILED, str(error))
            return
        try:
            message.send()
        except Exception as error:
            self._give_up_or_retry(error)
        else:
            self.close(State.SENT)

    def _give_up_or_retry(self, error: Exception) -> None:
        logger.warning("%s %s not sent: %s", type(self).__name__, self.pk, type(error).__name__)
        if is_permanent(error):
            self.close(State.FAILED, str(error))
        else:
            self.retry(str(error))


def is_permanent(error: Exception) -> bool:
    """Whether trying again is no use: the server refused this recipient or this text for good.

    A refused sign-in or sender is the installation's trouble, not this mail's, and is retried.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500
