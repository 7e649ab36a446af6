"""Nothing waits unseen: once a day reviewers hear of the stories, the changes and the reports that
have waited for two working days, and after four the culture leads as well."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import Company, User
from kudos.lib.workdays import SATURDAY, working_days_after
from stories.models import Story
from stories.notices.letters import letter_of
from stories.notices.models import Kind, Reminder, SwitchedOff
from stories.querysets import StoryQuerySet
from stories.review.tabs import CHANGES, REPORTED, WAITING, Tab
from stories.reviewers import responsible_for, responsible_for_edits

logger = logging.getLogger(__name__)

HOUR = 8
REMINDED_AFTER = 2
LEADS_AFTER = 4
PAGE = 500
# A mail is read in a minute; the rest stand on the page that it leads to.
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One list of the review page: whom what is in it is brought to, and what is done with it by
    rule where that is nobody. A report waits for somebody who may decide: no rule knows whether it
    is right."""

    tab: Tab
    brought: Callable[[Sequence[Story]], dict[int, list[User]]]
    by_rule: Callable[[Story], None] | None

    def since(self, story: Story) -> datetime:
        """How long it has waited in this list."""
        moment: datetime = getattr(story, self.tab.moment)
        return moment

    def waiting_for_long(self, now: datetime, reviewer: User | None = None) -> StoryQuerySet:
        """The oldest first, what this person may decide about or all. Two working days are two
        days at least."""
        stories = Story.objects.reviewable_by(reviewer) if reviewer else Story.objects.all()
        latest = {f"{self.tab.moment}__lte": now - timedelta(days=REMINDED_AFTER)}
        waiting = self.tab.narrow(stories, reviewer).filter(**latest)
        return waiting.order_by(self.tab.moment, "pk")

    def has_waited(self, story: Story, days: int, here: datetime) -> bool:
        zone = here.tzinfo
        return bool(zone and working_days_after(self.since(story), days, zone) <= here)


LINES = (
    Line(WAITING, responsible_for, Story.publish_unreviewed),
    Line(CHANGES, responsible_for_edits, Story.publish_edit_unreviewed),
    Line(REPORTED, responsible_for, None),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the mail: a story, in which list, since when."""

    story: Story
    tab: Tab
    since: datetime


def remind() -> None:
    """Owe this day's reminders, from eight in the morning of the company's zone on, Monday to
    Friday. All of them or none, so that whoever dies over it leaves it to the next.

    What is decided by rule on the way is a transaction each: one of them all would hold an edition
    for which a teller waits, and wait for the story that this teller holds.
    """
    now = timezone.now()
    here = now.astimezone(ZoneInfo(Company.current().time_zone))
    if here.weekday() >= SATURDAY or here.hour < HOUR:
        return
    if Reminder.objects.filter(day=here.date()).exists():
        return
    people = whom_to_remind(here)
    with transaction.atomic():
        off = SwitchedOff.objects.filter(kind=Kind.REMINDER).values("person")
        reachable = User.objects.filter(pk__in=people, is_active=True, email__isnull=False)
        wanting = reachable.exclude(email="").exclude(pk__in=off)
        Reminder.objects.owe(set(wanting.values_list("pk", flat=True)), here.date(), now)


def whom_to_remind(here: datetime) -> set[int]:
    """Those to whom what is overdue is brought. A story or a change that nobody may review any
    more is published, and the culture leads hear of it."""
    everybody_above = set(User.objects.filter(roles.leading()).values_list("pk", flat=True))
    people: set[int] = set()
    for line in LINES:
        for page in batched(overdue(line, here), PAGE):
            brought = line.brought(page)
            for story in page:
                if not brought[story.pk]:
                    _decide_by_rule(line, story)
                    continue
                people.update(person.pk for person in brought[story.pk])
                people.update(filter(None, [story.handed_to_id]))
                if line.has_waited(story, LEADS_AFTER, here):
                    people |= everybody_above
    return people


def overdue(line: Line, here: datetime) -> Iterator[Story]:
    """What has waited for two working days and more, the oldest first."""
    waiting = line.waiting_for_long(here)
    return (story for story in waiting if line.has_waited(story, REMINDED_AFTER, here))


def _decide_by_rule(line: Line, story: Story) -> None:
    """Trouble with one story is tried again the next time, and keeps nobody from a reminder."""
    if not line.by_rule:
        return
    try:
        line.by_rule(story)
    except PermissionDenied:
        pass  # decided about since it was read
    except Exception:
        logger.exception("Story %s cannot be decided about by rule.", story.ref)


def waiting_for(reviewer: User) -> list[Waiting]:
    """What waits for this person to decide, the oldest first; at most one more than is shown."""
    here = timezone.now().astimezone(ZoneInfo(Company.current().time_zone))
    found = [
        Waiting(story, line.tab, line.since(story))
        for line in LINES
        for story in line.waiting_for_long(here, reviewer).select_related("teller")[: SHOWN + 1]
        if line.has_waited(story, REMINDED_AFTER, here)
    ]
    return sorted(found, key=lambda waiting: waiting.since)[: SHOWN + 1]


def reminder_mail(reminder: Reminder, waiting: list[Waiting]) -> EmailMultiAlternatives:
    facts = {
        "waiting": waiting[:SHOWN],
        # One story may wait for more than one decision.
        "stories": {one.story.pk for one in waiting},
        "has_more": len(waiting) > SHOWN,
    }
    return letter_of(reminder, Kind.REMINDER, lambda company: facts)
