"""Claim, fence, send: at least once, and the same mail if twice."""

import logging
from smtplib import SMTPDataError, SMTPRecipientsRefused

from stories.notices.emails import notice_mail
from stories.notices.models import Notice, State

logger = logging.getLogger(__name__)

BATCH = 20


def send_due() -> int:
    """Send every notice that is due; returns how many attempts were made."""
    attempts = 0
    while batch := Notice.objects.claim(BATCH):
        for notice in batch:
            send(notice)
        attempts += len(batch)
    return attempts


def send(notice: Notice) -> None:
    """One attempt at one notice, which ends as sent, failed, lapsed or to be tried again."""
    story = notice.readable_story
    if story is None:
        notice.close(State.LAPSED)
        return
    if not notice.fence():
        notice.give_back()
        return
    try:
        message = notice_mail(notice, story)
    except Exception as error:
        # One mail that cannot be made must not hold up the others.
        logger.exception("Notice %s cannot be written", notice.pk)
        notice.close(State.FAILED, str(error))
        return
    try:
        message.send()
    except Exception as error:
        _give_up_or_retry(notice, error)
    else:
        notice.close(State.SENT)


def _give_up_or_retry(notice: Notice, error: Exception) -> None:
    logger.warning("Notice %s not sent: %s", notice.pk, type(error).__name__)
    if is_permanent(error):
        notice.close(State.FAILED, str(error))
    else:
        notice.retry(str(error))


def is_permanent(error: Exception) -> bool:
    """Whether trying again is no use: the server refused this recipient or this text for good.

    A refused sign-in or sender is the installation's trouble, not this mail's, and is retried.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500
