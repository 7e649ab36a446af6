"""Telling reviewers of a report, whoever made it what became of it, and the teller where reports
hide the story. A notice's occasion is the key of the report, for the teller that of the hiding."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts import roles
from accounts.models import User
from kudos.lib.wake import wake_on_commit
from stories import decisions
from stories.models import Report, Story
from stories.models.deeds import last_deed
from stories.notices.kinds import Kind
from stories.notices.models import Notice, State
from stories.notices.receivers import HOLD
from stories.notices.tasks import send_notices
from stories.reviewers import responsible_for, reviewers_of
from stories.signals import reports_closed, reports_reopened, story_reported


@receiver(story_reported)
def tell_reviewers(*, story: Story, by: User, report: Report, **kwargs: Any) -> None:
    """Those to whom it is brought, and all culture leads once reports have hidden it."""
    is_held = decisions.is_held(story)
    if is_held:
        tell_teller(story)
    people = {person.pk: person for person in responsible_for([story])[story.pk]}
    if not people.keys() - {by.pk} or is_held:
        people |= {person.pk: person for person in reviewers_of(story).filter(roles.leading())}
    others = [person for person in people.values() if person != by]
    Notice.objects.owe(story, others, Kind.REPORTED, occasion=report.pk)
    wake_on_commit(send_notices)


def tell_teller(story: Story) -> None:
    """That it waits hidden, and neither who reported it nor what they said."""
    if deed := last_deed(story):
        Notice.objects.owe(story, [story.teller], Kind.HIDDEN, occasion=deed.pk)


@receiver(reports_closed)
def tell_outcome(*, story: Story, by: User | None, reports: list[Report], **kwargs: Any) -> None:
    """Each who reported it, but for whoever decided themselves, once it cannot be undone."""
    for report in reports:
        if report.reporter != by:
            Notice.objects.owe(
                story, [report.reporter], Kind.REPORT_OUTCOME, wait=HOLD, occasion=report.pk
            )
    wake_on_commit(send_notices, wait=HOLD)


@receiver(reports_reopened)
def take_back_outcome(*, reports: list[Report], **kwargs: Any) -> None:
    """A decision taken again waits anew."""
    keys = [report.pk for report in reports]
    owed = Notice.objects.filter(kind=Kind.REPORT_OUTCOME, occasion__in=keys)
    owed.filter(state=State.PENDING).update(state=State.LAPSED)
