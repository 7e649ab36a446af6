"""Sending what is due: claim a batch, fence each copy, send it, write down what came of it."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from stories.digests.addresses import ascii_address, bare
from stories.digests.message import Shared
from stories.digests.models import (
    Delivery,
    Edition,
    EditionState,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.personal import Reader
from stories.digests.rendering import link, rendering_for
from stories.digests.timing import TIMING
from stories.digests.transports import (
    CLOSING,
    Line,
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
    line,
)

logger = logging.getLogger(__name__)

UNRECEIVED = "No copy reached anybody."
UNRENDERABLE = "unrenderable"
# A picked story may be edited between rendering and fence; more often in a row is somebody's loop.
VERSIONS = 5


def drain(edition: Edition) -> None:
    """Send batch after batch for about a minute. What is left then is for the next tick to see.

    A lost line ends it: the tick tries again once the copies have waited.
    """
    until = time.monotonic() + TIMING.shift.total_seconds()
    while batch := Delivery.objects.claim(edition):
        if not Batch(edition, batch).send():
            return
        if time.monotonic() > until:
            return
    finish(edition)


@transaction.atomic
def finish(edition: Edition) -> None:
    """The edition is sent once none of its copies will become anything else by itself. One that
    nobody got, and nobody may have got, is given up: the next covers its stories."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state != EditionState.SENDING or edition.deliveries.unsettled().exists():
        return
    if edition.deliveries.received().exists():
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    else:
        edition.abort(by=None, note=UNRECEIVED)


def reader_of(delivery: Delivery, token: str) -> Reader:
    person = delivery.person
    return Reader(
        person=person.pk,
        name=person.name,
        department=person.department_id,
        address=delivery.address,
        unsubscribe_url=link(reverse("digest:unsubscribe", args=[token])),
        message_id=delivery.message_id,
    )


class Batch:
    """The copies that one worker has claimed, sent over one line."""

    def __init__(self, edition: Edition, deliveries: list[Delivery]) -> None:
        self.edition = edition
        self.left = deliveries
        self.tokens = UnsubscribeToken.objects.of(d.person_id for d in deliveries)
        self.sender = bare(settings.DIGEST_FROM_EMAIL)
        self.shared = self.render()

    def render(self) -> Shared:
        """The shared parts of the version of this moment."""
        return Shared(self.edition, rendering_for(self.edition, settings.LANGUAGE_CODE))

    def send(self) -> bool:
        """Send them all; False when something stopped the line: those left wait a minute."""
        try:
            with line() as opened:
                while self.left:
                    self.send_one(self.left[0], opened)
                    self.left.pop(0)
            return True
        except UnreachableError as error:
            logger.warning("The mail server is out of reach: %s", error)
        except UnansweredError as error:
            logger.warning("The mail server took a message and did not answer: %s", error)
            self.left.pop(0).mark_uncertain()
        except SenderRefusedError as error:
            logger.error("The mail server refuses us, the digest is paused: %s", error)
            self.edition.pause(by=None, note=f"{error.label}: {error}")
        except RefusedError:
            # The server closes the line: 421.
            self.left.pop(0)
        for delivery in self.left:
            delivery.put_back(TIMING.pause)
        return False

    def send_one(self, delivery: Delivery, opened: Line) -> None:
        """One copy to one person. Raises what ends the whole line."""
        content = self.fenced_copy(delivery)
        if content is None:
            return
        try:
            opened.send(self.sender, ascii_address(delivery.address), content)
        except SenderRefusedError:
            raise
        except RefusedError as error:
            self.note_refusal(delivery, error)
            if error.code == CLOSING:
                raise
        else:
            delivery.mark_sent()

    def fenced_copy(self, delivery: Delivery) -> bytes | None:
        """The copy of the version that the fence let through, or None where it must not leave."""
        for _again in range(VERSIONS):
            content = self.copy_for(delivery)
            if content is None or delivery.fence(self.shared.version):
                return content
            why = delivery.why_not()
            if why != "edition":
                REFUSALS[why](delivery)
                return None
            self.shared = self.render()
            if self.edition.state != EditionState.SENDING or self.edition.paused_at:
                break
        delivery.put_back()
        return None

    def copy_for(self, delivery: Delivery) -> bytes | None:
        """The finished bytes; one copy that cannot be made fails alone."""
        try:
            return self.shared.copy_for(reader_of(delivery, self.tokens[delivery.person_id]))
        except Exception as error:
            logger.exception("The copy of delivery %s cannot be made.", delivery.pk)
            delivery.mark_failed(UNRENDERABLE, f"{type(error).__name__}: {error}")
            return None

    def note_refusal(self, delivery: Delivery, error: RefusedError) -> None:
        if error.is_for_now:
            delivery.mark_refused_for_now(error.label, str(error))
            return
        delivery.mark_failed(error.label, str(error))
        if error.has_no_mailbox:
            Suppression.objects.suppress(delivery.address, str(error))


REFUSALS: dict[str, Callable[[Delivery], None]] = {
    # Somebody else's by now, or nobody's: the row is not ours to touch.
    "claim": lambda delivery: None,
    "reader": lambda delivery: delivery.mark_skipped("unsubscribed"),
    "moved": lambda delivery: delivery.follow(),
    "suppressed": lambda delivery: delivery.mark_skipped("suppressed"),
}
