"""Those whose answer a story waits for are reminded twice, and then its teller is told.

All of it is owed in the transaction that asks, each mail for its own day: nothing has to be found
or counted later on, and nothing is told twice or lost. It lapses with the answer. Silence publishes
nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Company, User
from kudos.lib.outbox import OPEN
from kudos.lib.workdays import working_days_after
from stories.models import Story
from stories.notices.models import Kind, Notice, State

# Working days of the company's time zone.
REMINDED_AFTER = (2, 5)
TOLD_AFTER = 7
# However long no worker ran, nobody hears of one story twice a day.
APART = timedelta(days=1)
QUESTIONS = (Kind.ASKED, Kind.ASKED_AGAIN)


def owe_questions(story: Story, people: list[User], at: datetime) -> None:
    """These people are asked from `at` on; the occasion of each mail is the moment that it is for,
    so that whoever is asked anew is reminded anew, and not for the question before as well."""
    zone = ZoneInfo(Company.current().time_zone)
    Notice.objects.owe(story, people, Kind.ASKED, occasion=_occasion(at))
    # The later one first: what is owed lapses what is open of occasions before it.
    for days in reversed(REMINDED_AFTER):
        _owe_later(story, people, Kind.ASKED_AGAIN, at, working_days_after(at, days, zone))
    due = working_days_after(at, TOLD_AFTER, zone)
    _owe_later(story, [story.teller], Kind.UNANSWERED, at, due)


def _owe_later(story: Story, people: list[User], kind: Kind, at: datetime, due: datetime) -> None:
    Notice.objects.owe(story, people, kind, wait=due - at, occasion=_occasion(due))


def _occasion(moment: datetime) -> int:
    """Its microseconds: greater for a later moment, and no two questions share one."""
    return int(moment.timestamp() * 1_000_000)


def is_too_soon(notice: Notice) -> bool:
    """Whether the one before it has only just gone, as happens after days without a worker; of
    what nobody has answered, whether a question has yet to go."""
    asked = Notice.objects.filter(story=notice.story_id, kind__in=QUESTIONS).exclude(pk=notice.pk)
    just_sent = Q(state=State.SENT, sent_at__gt=Now() - APART)
    if notice.kind == Kind.ASKED_AGAIN:
        return asked.filter(just_sent, person=notice.person_id).exists()
    if notice.kind == Kind.UNANSWERED:
        return asked.filter(just_sent | Q(state__in=OPEN)).exists()
    return False
