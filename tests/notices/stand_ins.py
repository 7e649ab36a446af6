"""Somebody asks a colleague to stand in, and what that colleague hears of it."""

from datetime import UTC, datetime, timedelta

from django.core import mail
from django.db.models import F

from accounts.models import Delegation, User
from stories.notices.models import StandInNotice
from stories.notices.sending import send_due
from stories.notices.standing_in import SETTLED_AFTER

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)

# The subjects, where it is for Maya Rao.
ASKED = "Maya Rao asks you to stand in"
CHANGED = "You stand in for Maya Rao on other days"
OVER = "You no longer stand in for Maya Rao"


def ask(reviewer: User, person: User, first: int, last: int) -> Delegation:
    """For days that are counted from Monday."""
    day = MONDAY.date()
    days = {"first": day + timedelta(days=first), "last": day + timedelta(days=last)}
    return Delegation.objects.hand_over(reviewer, person, **days)


def heard() -> list[tuple[str, str]]:
    """What has gone since this was asked before, once nothing waits any more."""
    mail.outbox.clear()
    StandInNotice.objects.update(next_attempt_at=F("next_attempt_at") - SETTLED_AFTER)
    send_due()
    return sorted((letter.to[0], str(letter.subject)) for letter in mail.outbox)
