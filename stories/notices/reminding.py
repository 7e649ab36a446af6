"""No story waits unseen: once a day reviewers hear of those that have waited for two working days,
and after four the culture leads as well."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone, translation

from accounts import roles
from accounts.models import Company, User
from kudos.lib.letter import letter
from kudos.lib.workdays import SATURDAY, working_days_after
from stories.models import State, Story
from stories.notices.models import Kind, Reminder, SwitchedOff
from stories.querysets import StoryQuerySet
from stories.reviewers import responsible_for

HOUR = 8
REMINDED_AFTER = 2
LEADS_AFTER = 4
PAGE = 500
# A mail is read in a minute; the rest stand on the page that it leads to.
SHOWN = 10


def remind() -> None:
    """Owe this day's reminders, from eight in the morning of the company's zone on, Monday to
    Friday. All of them or none, so that whoever dies over it leaves it to the next."""
    now = timezone.now()
    here = now.astimezone(ZoneInfo(Company.current().time_zone))
    if here.weekday() >= SATURDAY or here.hour < HOUR:
        return
    if Reminder.objects.filter(day=here.date()).exists():
        return
    with transaction.atomic():
        people = whom_to_remind(here)
        off = SwitchedOff.objects.filter(kind=Kind.REMINDER).values("person")
        reachable = User.objects.filter(pk__in=people, is_active=True, email__isnull=False)
        wanting = reachable.exclude(email="").exclude(pk__in=off)
        Reminder.objects.owe(set(wanting.values_list("pk", flat=True)), here.date(), now)


def whom_to_remind(here: datetime) -> set[int]:
    """Those to whom the overdue stories are brought. One that nobody may review any more is
    published, and the culture leads hear of it."""
    everybody_above = set(User.objects.filter(roles.leading()).values_list("pk", flat=True))
    people: set[int] = set()
    for page in batched(overdue(here), PAGE):
        brought = responsible_for(page)
        for story in page:
            if not brought[story.pk]:
                with suppress(PermissionDenied):  # decided about since it was read
                    story.publish_unreviewed()
                continue
            people.update(person.pk for person in brought[story.pk])
            people.update(filter(None, [story.handed_to_id]))
            if _has_waited(story, LEADS_AFTER, here):
                people |= everybody_above
    return people


def overdue(here: datetime) -> Iterator[Story]:
    """What has waited for two working days and more, the oldest first."""
    waiting = waiting_for_long(here).order_by("waiting_since", "pk")
    return (story for story in waiting if _has_waited(story, REMINDED_AFTER, here))


def waiting_for_long(now: datetime) -> StoryQuerySet:
    """Two working days are two days at least."""
    since = now - timedelta(days=REMINDED_AFTER)
    waiting: StoryQuerySet = Story.objects.filter(state=State.WAITING, waiting_since__lte=since)
    return waiting


def _has_waited(story: Story, days: int, here: datetime) -> bool:
    zone = here.tzinfo
    return bool(
        zone and story.waiting_since and working_days_after(story.waiting_since, days, zone) <= here
    )


def waiting_stories(reminder: Reminder) -> list[Story]:
    """What waits for this person to decide, the oldest first; at most one more than is shown."""
    theirs = waiting_for_long(timezone.now()).reviewable_by(reminder.person)
    shown = theirs.select_related("teller", "customer_group").order_by("waiting_since", "pk")
    return list(shown[: SHOWN + 1])


def reminder_mail(reminder: Reminder, stories: list[Story]) -> EmailMultiAlternatives:
    company = Company.current()
    with translation.override(reminder.person.reads(company)):
        return letter(
            "reminder",
            {
                "person": reminder.person,
                "company": company,
                "stories": stories[:SHOWN],
                "has_more": len(stories) > SHOWN,
            },
            to=reminder.person.email or "",
            message_id=reminder.message_id,
            date=reminder.created_at,
            reply_to=company.reply_to,
        )
