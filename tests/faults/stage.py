"""What every row of the proof table plays on: a company, its services, and two worker nodes."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from django.db import DatabaseError, InterfaceError, connection

from accounts.models import User
from stories.digests.models import Delivery, DeliveryState, Edition
from stories.digests.timing import TIMING
from tests.faults import company
from tests.faults.account import Account, account, strangers
from tests.faults.crew import CHILDREN, Crew
from tests.faults.line import Line
from tests.faults.services import MailServer, Redis
from tests.faults.smtp import Mode

NODES = 2
POLL_SECONDS = 0.1
# How long the copies of one edition take, faults aside, once the mail server is slowed down.
SENDING_SECONDS = 12


class Stage:
    def __init__(self, asked: Line, folder: Path, cleanup: ExitStack) -> None:
        self.asked = asked
        self.recipients = asked.recipients
        self.random = Random(f"{asked.fault} {asked.seed}")
        self.waiting_for = "the services answer"
        self.watch: Callable[[], object] = lambda: None
        self.accounts: list[Account] = []
        self.folder, self.cleanup = folder, cleanup
        # Some servers take MAIL, RCPT and DATA at once, some do not: every other run meets one.
        mode = Mode(pipelining=asked.seed % 2 == 1)
        self.mail = MailServer(folder, port_of("DIGEST_EMAIL_URL"), mode)
        cleanup.callback(self.mail.kill)
        self.redis = Redis(folder, port_of("REDIS_URL"))
        cleanup.callback(self.redis.kill)
        self.crew = Crew(folder)
        cleanup.callback(self.crew.kill)

    # --- Beginning ----------------------------------------------------------------

    def open(self) -> None:
        """Everybody is there, and their digest fell due at the last full hour."""
        company.fill(self.recipients)
        self.due_at = company.last_hour()
        self.stories = company.tell(self.due_at)
        company.schedule(self.due_at)

    def slow_down(self) -> None:
        """Let the mail server take its time, so that a fault meets copies that are under way."""
        self.mail.behave(delay=SENDING_SECONDS * NODES * CHILDREN / self.recipients)

    def staff(self, *, beats: int = 1) -> None:
        for _node in range(NODES):
            self.crew.add_node()
        for _beat in range(beats):
            self.crew.add_beat()

    # --- Meanwhile ----------------------------------------------------------------

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait for it, also through a database that is down, and let `watch` have a look each
        time. The run's deadline ends it."""
        self.waiting_for = what
        while not self.try_it(holds):
            time.sleep(POLL_SECONDS)

    def try_it(self, holds: Callable[[], bool]) -> bool:
        try:
            self.crew.revive()
            self.watch()
            return holds()
        except (DatabaseError, InterfaceError):
            connection.close()
            return False

    def until_share(self, share: float) -> None:
        """Wait until that share of everybody's copies was accepted."""
        wanted = int(share * self.recipients)
        self.until(
            lambda: self.mail.ledger.read().reached >= wanted, f"{wanted} copies are accepted"
        )

    def until_none_is_resent(self) -> None:
        """Wait for a moment at which nobody holds a copy whose fate is unknown.

        It goes once more and then never again (digest.md, "When sending fails"): a fault that
        hit one copy twice would show that rule and not a mistake.
        """
        rows = Delivery.objects.filter(state=DeliveryState.SENDING, resends__gt=0)
        self.until(lambda: not rows.exists(), "no copy is sent again")

    def until_settled(self) -> None:
        """Wait until nothing happens by itself any more, and a round longer; then stop."""
        self.until(self.is_settled, "every row is terminal")
        time.sleep(TIMING.tick.total_seconds())
        self.crew.stop()
        self.mail.ledger.read()

    def is_settled(self) -> bool:
        return Edition.objects.exists() and not Edition.objects.unfinished().exists()

    # --- At the end ---------------------------------------------------------------

    @property
    def everybody(self) -> set[int]:
        return set(User.objects.values_list("pk", flat=True))

    def settle(
        self,
        edition: Edition | None = None,
        *,
        wanted: set[int] | None = None,
        allowed: frozenset[int] = frozenset(),
    ) -> Account:
        """Note the account of an edition, by default the only one, wanted by everybody."""
        found = account(
            edition or Edition.objects.get(),
            self.mail.ledger.copies,
            wanted=self.everybody if wanted is None else wanted,
            allowed=allowed,
        )
        self.accounts.append(found)
        return found

    def total(self) -> Account:
        """Everything noted, and what belongs to no delivery at all."""
        parts = [*self.accounts, strangers(self.mail.ledger.copies)]
        return Account(
            missing=sum(part.missing for part in parts),
            extra=sum(part.extra for part in parts),
            wrongs=[wrong for part in parts for wrong in part.wrongs],
        )

    def say(self, sentence: str) -> None:
        sys.stderr.write(f"{self.asked.fault} {self.asked.seed}: {sentence}\n")
        sys.stderr.flush()


def port_of(setting: str) -> int:
    """The port in one of the addresses that this process was started with."""
    return urlsplit(os.environ[setting]).port or 0
