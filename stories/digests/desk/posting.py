"""Sending what the desk owes to culture leads."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Company
from kudos.lib.letter import letter
from kudos.lib.outbox import State
from stories.digests.access import may_run_the_desk
from stories.digests.addresses import ascii_address, bare
from stories.digests.db.ahead import Ahead
from stories.digests.models import DeliveryState, DeskMail, DeskMailKind, EditionState, Relay
from stories.digests.preview import copy_of_test
from stories.digests.reasons import said
from stories.digests.rendering import link
from stories.digests.timing import TIMING
from stories.digests.transports import Envelope, line
from stories.digests.transports.errors import RefusedError, UnansweredError, UnreachableError

logger = logging.getLogger(__name__)

BATCH = 20
# The templates of what is news to every culture lead.
NEWS: dict[str, str] = {
    DeskMailKind.PAUSED: "digest_paused",
    DeskMailKind.GIVEN_UP: "digest_given_up",
}
OVER = (EditionState.SENT, EditionState.ABORTED)


def send_due_desk_mails() -> int:
    """Send every desk mail that is due; returns how many attempts were made."""
    attempts = 0
    while batch := DeskMail.objects.claim(BATCH):
        for mail in batch:
            send_or_retry(mail)
        attempts += len(batch)
    return attempts


def send_or_retry(mail: DeskMail) -> None:
    """One attempt. Whatever stops it holds up no other mail: the news of a pause may come right
    after a test that the same pause is about."""
    try:
        with translation.override(mail.person.reads(Company.current())):
            send(mail)
    except Exception as error:
        logger.exception("Desk mail %s was not sent", mail.pk)
        mail.retry(str(error))


def send(mail: DeskMail) -> None:
    """One attempt, in the language that is active. What its reader need not see to any more
    lapses: news of an edition that goes on, and all for who left the desk."""
    if is_moot(mail) or not may_run_the_desk(mail.person):
        mail.close(State.LAPSED)
    elif mail.kind in NEWS:
        mail.post(lambda: news_letter(mail))
    elif not wait_for_slot():
        mail.retry("")
    elif mail.fence():
        send_test_copy(mail)


def is_moot(mail: DeskMail) -> bool:
    edition = mail.edition
    if mail.kind == DeskMailKind.PAUSED:
        return edition.paused_at is None or edition.state in OVER
    return mail.kind == DeskMailKind.GIVEN_UP and edition.state != EditionState.ABORTED


def wait_for_slot() -> bool:
    """Wait until the company's rate limit lets the next mail of the digest leave; False where that
    is longer than a lease bears."""
    interval = Company.current().digest_interval
    wait = Relay.take_slot(interval, within=TIMING.lease / 2) if interval else timedelta(0)
    if wait is None:
        return False
    time.sleep(wait.total_seconds())
    return True


def news_letter(mail: DeskMail) -> EmailMessage:
    """What happened, what it means, and where to go."""
    company = Company.current()
    counts = mail.edition.deliveries.aggregate(
        total=Count("pk"), sent=Count("pk", Q(state=DeliveryState.SENT))
    )
    return letter(
        NEWS[mail.kind],
        {
            "person": mail.person,
            "company": company,
            "week": date_format(mail.edition.week_start, _("j F")),
            "note": said(mail.note),
            "desk_url": link(reverse("digest:desk")),
            **counts,
        },
        to=mail.person.email or "",
        message_id=mail.message_id,
        date=mail.created_at,
        reply_to=company.reply_to,
    )


def send_test_copy(mail: DeskMail) -> None:
    """Over the digest's own line, once: whoever asked is looking at the desk, and reads there what
    the server said. While the breaker is open it goes only as its probe."""
    try:
        recipient, content = ascii_address(mail.person.email or ""), copy_of_test(mail)
    except Exception as error:
        logger.exception("Desk mail %s cannot be written", mail.pk)
        mail.close(State.FAILED, str(error))
        return
    relay = Relay.current()
    probe = Relay.take_probe() if relay.is_open else None
    if relay.is_open and probe is None:
        mail.close(State.FAILED, _out_of_reach(relay.reason))
        return
    try:
        with line() as opened:
            opened.send(Envelope(bare(settings.DIGEST_FROM_EMAIL), recipient), lambda: content)
    except RefusedError as error:
        mail.close(State.FAILED, f"{error.label} {error}")
    except UnreachableError as error:
        mail.close(State.FAILED, _out_of_reach(error))
    except UnansweredError:
        mail.close(
            State.FAILED,
            _("The mail server took it and did not answer. It may have arrived all the same."),
        )
    except Exception as error:
        # A mailer that is not set up right, above all.
        logger.exception("Desk mail %s cannot be sent", mail.pk)
        mail.close(State.FAILED, str(error))
    else:
        mail.close(State.SENT)
        if probe:
            with Ahead() as ahead:
                Relay.answered(probe, ahead)


def _out_of_reach(why: object) -> str:
    return _("The mail server is out of reach: %(why)s") % {"why": why}
