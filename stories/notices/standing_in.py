"""Whoever stands in for a reviewer who is away hears of it, and of what changes for them.

Days are changed by taking them back and asking anew, and both within minutes are one piece of news:
the mail waits for that long, tells how it is when it goes, and is not sent where its reader knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives
from django.dispatch import receiver

from accounts.models import Company, Delegation, User
from accounts.models.delegation import today
from accounts.signals import delegation_changed
from stories.notices.days import Days, all_in_words, joined, still_to_come
from stories.notices.letters import letter_of
from stories.notices.models import Kind, StandInNotice, SwitchedOff

# Longer than a worker holds a mail: the one before has gone by then, or not.
SETTLED_AFTER = timedelta(minutes=5)


@receiver(delegation_changed)
def tell_stand_in(*, reviewer: User, delegate: User, **kwargs: Any) -> None:
    """The tick finds it in time."""
    is_reachable = delegate.is_active and delegate.email
    if is_reachable and SwitchedOff.objects.wanting([delegate], Kind.STAND_IN):
        StandInNotice.objects.owe(delegate, reviewer, wait=SETTLED_AFTER)


@dataclass(frozen=True, slots=True)
class News:
    """On which days somebody stands in now, and whether they had surely heard of others."""

    days: list[Days]
    is_change: bool


def news_of(notice: StandInNotice) -> News | None:
    """None where there is nothing that its reader does not know, or a later mail tells it. Where
    nobody can say what they know, they are rather told twice."""
    if notice.is_superseded:
        return None
    day = today()
    days = arranged(notice.person, notice.reviewer, day)
    told = notice.told_before
    if told is None:
        return News(days, is_change=False)
    before = still_to_come(told, day)
    if still_to_come(days, day) == before:
        return None
    return News(days, is_change=bool(before))


def arranged(person: User, reviewer: User, day: date) -> list[Days]:
    """What has not passed on this day."""
    rows = Delegation.objects.filter(reviewer=reviewer, delegate=person, last_day__gte=day)
    return joined(Days(row.first_day, row.last_day) for row in rows)


def stand_in_mail(notice: StandInNotice, news: News) -> EmailMultiAlternatives:
    def facts(company: Company) -> dict[str, Any]:
        said = {"reviewer": notice.reviewer, "is_change": news.is_change}
        return said | _when(news, notice.person, company)

    return letter_of(notice, Kind.STAND_IN, facts)


def _when(news: News, reader: User, company: Company) -> dict[str, str]:
    """The days in words, none where it is over; and `opens`, when there will be something to
    review, where that is not yet."""
    here = ZoneInfo(company.time_zone)
    there = ZoneInfo(reader.time_zone or company.time_zone)
    has_begun = not news.days or news.days[0].first <= today(company)
    opens = "" if has_begun else news.days[0].in_words(here, there)[0]
    return {"days": all_in_words(news.days, here, there), "opens": opens}
