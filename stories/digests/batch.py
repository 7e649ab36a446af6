"""The copies that one worker has claimed, sent over one line: fence, send, write down."""

import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.models import Company
from accounts.models.company import QuietWeek
from stories.digests.addresses import ascii_address
from stories.digests.message import Shared
from stories.digests.models import (
    Delivery,
    Edition,
    EditionState,
    Relay,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.personal import Reader
from stories.digests.reasons import NOTHING_LEFT
from stories.digests.rendering import UnrenderableError, link, rendering_for
from stories.digests.timing import TIMING
from stories.digests.transports import Line, line
from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.digests.verp import envelope_sender, reference
from stories.digests.vetting import vet

logger = logging.getLogger(__name__)

UNRENDERABLE = "unrenderable"
# A picked story may be edited between rendering and fence; more often in a row is somebody's loop.
VERSIONS = 5


def ways_out(people: Iterable[int]) -> dict[int, str]:
    """Each person's address of the page that stops the digest, by their key."""
    page = link(reverse("digest:unsubscribe", args=["x"])).removesuffix("x/")
    return {key: f"{page}{token}/" for key, token in UnsubscribeToken.objects.of(people).items()}


def reader_of(delivery: Delivery, way_out: str) -> Reader:
    person = delivery.person
    return Reader(
        person=person.pk,
        name=person.name,
        department=person.department_id,
        address=delivery.address,
        unsubscribe_url=way_out,
        message_id=delivery.message_id,
    )


class Batch:
    """What one claim holds. `left` is what has not been dealt with yet, in order.

    `shared` are the shared parts by language; they outlast the batch, and may be of a version that
    is over: the fence tells.
    """

    def __init__(
        self, edition: Edition, deliveries: list[Delivery], shared: dict[str, Shared]
    ) -> None:
        self.edition = edition
        self.left = list(deliveries)
        self.claim = deliveries[0].claim
        self.ways_out = ways_out(delivery.person_id for delivery in deliveries)
        self.company = Company.current()
        self.interval = self.company.digest_interval
        self.is_answered = False
        self.shared = shared

    def send(self) -> None:
        """Send them all. What is left when the line ends, somebody may claim again at once: the
        breaker knows how long to wait."""
        try:
            with line() as opened:
                while self.left:
                    self.send_one(self.left[0], opened)
                    self.left.pop(0)
        except UnreachableError as error:
            logger.warning("The mail server is out of reach: %s", error)
            Relay.lost(str(error), claim=self.claim)
        except UnansweredError as error:
            logger.warning("The mail server took a message and did not answer: %s", error)
            Relay.trip(str(error))
        except SenderRefusedError as error:
            logger.error("The mail server refuses us, the digest is paused: %s", error)
            self.edition.pause(by=None, note=f"{error.label}: {error}")
        except ImproperlyConfigured as error:
            logger.error("The digest's mail address is not right, it is paused: %s", error)
            self.edition.pause(by=None, note=str(error))
        except RefusedError as error:
            logger.warning("The mail server closes the line: %s", error)
            if error.closes_the_line:
                Relay.trip(str(error))
            else:
                Relay.lost(str(error), claim=self.claim)
        for delivery in self.left:
            delivery.put_back()

    def send_one(self, delivery: Delivery, opened: Line) -> None:
        """One copy to one person. Raises what ends the whole line, once it is written down."""
        if self.interval and not self.wait_for_slot(delivery, self.interval):
            return
        content = self.fenced_copy(delivery)
        if content is None:
            return
        try:
            recipient = ascii_address(delivery.address)
            opened.send(envelope_sender(delivery), recipient, content, reference(delivery))
        except SenderRefusedError:
            raise
        except RefusedError as error:
            self.note_refusal(delivery, error)
            if error.closes_the_line:
                self.left.pop(0)
                raise
        except UnreachableError as error:
            delivery.mark_cut_off(str(error))
            self.left.pop(0)
            raise
        except UnansweredError:
            delivery.mark_uncertain()
            self.left.pop(0)
            raise
        else:
            delivery.mark_sent()
        if not self.is_answered:
            self.is_answered = True
            Relay.answered(self.claim)

    def wait_for_slot(self, delivery: Delivery, interval: timedelta) -> bool:
        """Wait for the moment that the rate limit gives this copy; False where it must not leave
        at all, or could not within its lease."""
        why = delivery.why_not()
        wait = Relay.take_slot(interval, within=TIMING.lease / 2) if why == "edition" else None
        if wait is None:
            REFUSALS.get(why, Delivery.put_back)(delivery)
            return False
        time.sleep(wait.total_seconds())
        return True

    def fenced_copy(self, delivery: Delivery) -> bytes | None:
        """The copy of the version that the fence let through, or None where it must not leave."""
        for _again in range(VERSIONS):
            shared = self.shared_for(delivery)
            content = self.copy_for(delivery, shared)
            if content is None or delivery.fence(shared.version):
                return content
            why = delivery.why_not()
            if why != "edition":
                REFUSALS[why](delivery)
                return None
            self.shared.clear()
            self.edition.refresh_from_db()
            if self.edition.state != EditionState.SENDING or self.edition.paused_at:
                break
        delivery.put_back()
        return None

    def shared_for(self, delivery: Delivery) -> Shared:
        """The shared parts in the reader's language, as this worker first needed them."""
        language = delivery.person.reads(self.company)
        if language not in self.shared:
            rendering = rendering_for(self.edition, language)
            if self.company.quiet_week == QuietWeek.SKIP and not rendering.facts["stories"]:
                raise UnrenderableError(NOTHING_LEFT)
            try:
                self.shared[language] = Shared(self.edition, rendering)
            except ValueError as error:
                raise UnrenderableError(str(error)) from error
        return self.shared[language]

    def copy_for(self, delivery: Delivery, shared: Shared) -> bytes | None:
        """The finished bytes; one copy that cannot be made fails alone."""
        try:
            return shared.copy_for(reader_of(delivery, self.ways_out[delivery.person_id]))
        except Exception as error:
            logger.exception("The copy of delivery %s cannot be made.", delivery.pk)
            delivery.mark_failed(UNRENDERABLE, f"{type(error).__name__}: {error}")
            vet(self.edition)
            return None

    def note_refusal(self, delivery: Delivery, error: RefusedError) -> None:
        if error.is_for_now:
            delivery.mark_refused_for_now(error.label, str(error))
            return
        delivery.mark_failed(error.label, str(error))
        if error.has_no_mailbox:
            Suppression.objects.suppress(delivery.address, str(error))
        vet(self.edition)


REFUSALS: dict[str, Callable[[Delivery], None]] = {
    # Somebody else's by now, or nobody's: the row is not ours to touch.
    "claim": lambda delivery: None,
    "reader": lambda delivery: delivery.mark_skipped("unsubscribed"),
    "moved": lambda delivery: delivery.follow(),
    "suppressed": lambda delivery: delivery.mark_skipped("suppressed"),
    "breaker": lambda delivery: delivery.put_back(),
}
