"""The copies that one worker has claimed, sent over one line: fence, send, write down."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import cast
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from accounts.models import Company
from stories.digests.copies import Copies
from stories.digests.db.ahead import Ahead
from stories.digests.message import Shared
from stories.digests.models import (
    Delivery,
    Edition,
    EditionState,
    Relay,
    Suppression,
)
from stories.digests.timing import TIMING
from stories.digests.transports import Envelope, KeptLine, Line
from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.digests.verp import envelope
from stories.digests.vetting import vet

logger = logging.getLogger(__name__)

UNRENDERABLE = "unrenderable"
# A picked story may be edited between rendering and fence; more often in a row is somebody's loop.
VERSIONS = 5


class Batch:
    """What one claim holds. `left` is what has not been dealt with yet, in order."""

    def __init__(
        self,
        edition: Edition,
        deliveries: list[Delivery],
        shared: dict[str, Shared],
        company: Company,
    ) -> None:
        self.edition = edition
        self.left = list(deliveries)
        self.claim = cast(UUID, deliveries[0].claim)
        self.copies = Copies(edition, deliveries, shared, company)
        self.interval = company.digest_interval
        self.is_answered = False
        self.ahead = Ahead()
        # A copy that is kept once it was announced costs the line. So where the fence kept one,
        # it is heard before the next is announced.
        self.is_wary = False

    def send(self, kept: KeptLine) -> None:
        """Send them all. What is left when the line ends, somebody may claim again at once: the
        breaker knows how long to wait."""
        try:
            self.send_all(kept)
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

    def send_all(self, kept: KeptLine) -> None:
        with kept.in_use() as opened, self.ahead:
            while self.left:
                self.send_one(self.left[0], opened)
                self.left.pop(0)

    def send_one(self, delivery: Delivery, opened: Line) -> None:
        """One copy to one person. Raises what ends the whole line, once it is written down."""
        if self.interval and not self.wait_for_slot(delivery, self.interval):
            return
        copy = self.copy_to_announce(delivery)
        if copy is None:
            return
        following = self.make_following()
        try:
            is_answered = self.hand_over(delivery, copy, opened, following)
        except SenderRefusedError:
            raise
        except RefusedError as error:
            is_answered = True
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
        if is_answered and not self.is_answered:
            self.is_answered = True
            Relay.answered(self.claim, self.ahead)

    def make_following(self) -> Envelope | None:
        """Make the copy that comes next. Its envelope, of which the server may be told already;
        None where it cannot be made yet, or has to wait for a moment of its own."""
        for delivery in self.left[1:2]:
            if self.copies.make_ahead(delivery) and not self.interval:
                return envelope(delivery)
        return None

    def hand_over(
        self, delivery: Delivery, copy: bytes, opened: Line, following: Envelope | None
    ) -> bool:
        """Announce the copy while the fence looks at it, and send it if it may leave; False where
        it may not. When this is over, by an error of the line too, the fence has answered."""
        try:
            is_sent = opened.send(
                envelope(delivery), lambda: self.fenced_copy(delivery, copy), following
            )
        except (RefusedError, UnreachableError, UnansweredError):
            delivery.passed()
            raise
        if is_sent:
            delivery.mark_sent(self.ahead)
            self.is_wary = False
        return is_sent

    def wait_for_slot(self, delivery: Delivery, interval: timedelta) -> bool:
        """Wait for the moment that the rate limit gives this copy; False where it must not leave
        at all, or could not within its lease."""
        self.ahead.settle()
        why = delivery.why_not()
        wait = Relay.take_slot(interval, within=TIMING.lease / 2) if why == "edition" else None
        if wait is None:
            self.note_fence(delivery, why)
            return False
        time.sleep(wait.total_seconds())
        return True

    def copy_to_announce(self, delivery: Delivery) -> bytes | None:
        copy = self.asking_copy(delivery)
        return self.fenced_copy(delivery, copy) if self.is_wary else copy

    def asking_copy(self, delivery: Delivery) -> bytes | None:
        """A copy of the version that is known, the fence being asked; None where it cannot be
        made."""
        shared = self.shared_for(delivery)
        copy = self.copy_for(delivery, shared)
        if copy is not None:
            delivery.ask(shared.version, self.ahead)
        return copy

    def fenced_copy(self, delivery: Delivery, copy: bytes | None) -> bytes | None:
        """The copy of the version that the fence let through, or None where it must not leave."""
        for _again in range(VERSIONS):
            if copy is None or delivery.passed():
                return copy
            if self.why_kept(delivery) != "edition":
                return None
            if self.edition.state != EditionState.SENDING or self.edition.paused_at:
                break
            copy = self.asking_copy(delivery)
        delivery.passed()
        delivery.put_back()
        return None

    def shared_for(self, delivery: Delivery) -> Shared:
        known = self.copies.known(delivery)
        if known is None:
            self.ahead.settle()
        return known or self.copies.render(delivery)

    def copy_for(self, delivery: Delivery, shared: Shared) -> bytes | None:
        """The finished bytes; one copy that cannot be made fails alone."""
        try:
            return self.copies.copy_for(delivery, shared)
        except Exception as error:
            logger.exception("The copy of delivery %s cannot be made.", delivery.pk)
            self.ahead.settle()
            delivery.mark_failed(UNRENDERABLE, f"{type(error).__name__}: {error}")
            vet(self.edition)
            return None

    def why_kept(self, delivery: Delivery) -> str:
        """Why the fence kept this copy, in a word, which is written down; but for "edition": then
        what is known of the edition is old, and is forgotten."""
        self.is_wary = True
        why = delivery.why_not()
        if why == "edition":
            self.copies.forget()
            self.edition.refresh_from_db()
        else:
            self.note_fence(delivery, why)
        return why

    def note_fence(self, delivery: Delivery, why: str) -> None:
        """Write down why the fence keeps this copy."""
        REFUSALS.get(why, Delivery.put_back)(delivery)

    def note_refusal(self, delivery: Delivery, error: RefusedError) -> None:
        if not delivery.passed():
            if self.why_kept(delivery) == "edition":
                delivery.put_back()
            return
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
