"""Sending again what did not arrive, or of which nobody knows."""

from typing import Literal

from accounts.models import User
from stories.digests.models import Delivery, Edition

type Which = Literal["failed", "uncertain"]


def may_resend(edition: Edition) -> bool:
    """Only the newest edition that went out: an older one is no news any more."""
    raise NotImplementedError


def resend(edition: Edition, which: Which, *, by: User) -> int:
    """Let all copies that failed, or of which nobody knows, leave again now; returns how many.

    Left out are people who have left or unsubscribed, and addresses without a mailbox. A copy in
    doubt goes identical. Raises DeskError for any edition but the newest.
    """
    raise NotImplementedError


def resend_to(delivery: Delivery, *, by: User) -> None:
    """Let one person's copy leave again now, whatever it ended as, unless it is still on its way.

    Raises DeskError for any edition but the newest, a copy that arrived or is still to leave,
    people who have left or unsubscribed, and addresses without a mailbox.
    """
    raise NotImplementedError
