"""Claim, fence, send: at least once, and the same mail if twice."""

from stories.notices.asking import APART, is_too_soon
from stories.notices.emails import notice_mail
from stories.notices.models import Kind, Notice, Reminder, State, SwitchedOff
from stories.notices.reminding import reminder_mail, waiting_for

BATCH = 20


def send_due() -> int:
    """Send every notice and reminder that is due; returns how many attempts were made."""
    attempts = 0
    while batch := Notice.objects.claim(BATCH):
        for notice in batch:
            send(notice)
        attempts += len(batch)
    while reminders := Reminder.objects.claim(BATCH):
        for reminder in reminders:
            send_reminder(reminder)
        attempts += len(reminders)
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
    off = SwitchedOff.objects.filter(person=reminder.person, kind=Kind.REMINDER)
    waiting = [] if off.exists() else waiting_for(reminder.person)
    if waiting:
        reminder.post(lambda: reminder_mail(reminder, waiting))
    else:
        reminder.close(State.LAPSED)
