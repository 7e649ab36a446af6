"""Claim, fence, send: at least once, and the same mail if twice."""

from collections.abc import Callable

from kudos.lib.outbox import Outbox, OutboxQuerySet
from stories.notices.asking import APART, is_too_soon
from stories.notices.emails import notice_mail
from stories.notices.models import Kind, Notice, Reminder, StandInNotice, State, SwitchedOff
from stories.notices.reminding import reminder_mail, waiting_for
from stories.notices.standing_in import news_of, stand_in_mail

BATCH = 20


def send_due() -> int:
    """Send every mail that is due; returns how many attempts were made."""
    return (
        _send_all(Notice.objects.all(), send)
        + _send_all(Reminder.objects.all(), send_reminder)
        + _send_all(StandInNotice.objects.all(), send_stand_in)
    )


def _send_all[Mail: Outbox](outbox: OutboxQuerySet[Mail], attempt: Callable[[Mail], None]) -> int:
    attempts = 0
    while batch := outbox.claim(BATCH):
        for mail in batch:
            attempt(mail)
        attempts += len(batch)
    return attempts


def send(notice: Notice) -> None:
    """One attempt at one notice; it lapses once its reader may not read the story any more, or
    does not want to be told."""
    story = notice.readable_story if notice.is_wanted else None
    if story is None:
        notice.close(State.LAPSED)
    elif is_too_soon(notice):
        notice.put_off(APART)
    else:
        notice.post(lambda: notice_mail(notice, story))


def send_reminder(reminder: Reminder) -> None:
    """One attempt at one reminder; it lapses once nothing waits for its reader, or they do not
    want to be reminded."""
    is_wanted = SwitchedOff.objects.wanting([reminder.person], Kind.REMINDER)
    waiting = waiting_for(reminder.person) if is_wanted else []
    if waiting:
        reminder.post(lambda: reminder_mail(reminder, waiting))
    else:
        reminder.close(State.LAPSED)


def send_stand_in(notice: StandInNotice) -> None:
    """One attempt at telling a stand-in how it is now; it lapses where that is no news to them, or
    they do not want to be told."""
    is_wanted = SwitchedOff.objects.wanting([notice.person], Kind.STAND_IN)
    news = news_of(notice) if is_wanted else None
    if news is None:
        notice.close(State.LAPSED)
    else:
        notice.tell(news.days)
        notice.post(lambda: stand_in_mail(notice, news))
