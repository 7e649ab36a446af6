"""Claim, fence, send: at least once, and the same mail if twice."""

from stories.notices.asking import APART, is_too_soon
from stories.notices.emails import notice_mail
from stories.notices.models import Notice, State

BATCH = 20


def send_due() -> int:
    """Send every notice that is due; returns how many attempts were made."""
    attempts = 0
    while batch := Notice.objects.claim(BATCH):
        for notice in batch:
            send(notice)
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
