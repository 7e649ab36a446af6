"""Mails that the desk owes to culture leads: a test copy, or the news that an edition is held."""

from accounts.models import User
from stories.digests.models import DeskMail, Edition


def send_test(edition: Edition, *, by: User) -> DeskMail:
    """Owe `by` their own copy of the edition as it would leave now, its subject marked as a test.
    The row says what became of it: `state`, and in `error` what the mail server said.
    Raises DeskError for people without an address."""
    raise NotImplementedError


def send_due_desk_mails() -> int:
    """Send every desk mail that is due; returns how many attempts were made."""
    raise NotImplementedError
