"""The mail of any kind, about what such a mail tells of."""

from datetime import UTC, date, datetime

import pytest
from django.core.mail import EmailMultiAlternatives

from accounts.models import History, User
from stories.models import Story
from stories.notices.days import Days
from stories.notices.emails import notice_mail
from stories.notices.kinds import Kind
from stories.notices.models import Notice, Reminder, StandInNotice
from stories.notices.reminding import Waiting, reminder_mail
from stories.notices.standing_in import News, stand_in_mail
from stories.review.tabs import WAITING

# The verbs of history.
DEEDS = {
    Kind.RELEASED: "publish",
    Kind.SENT_BACK: "send back",
    Kind.HIDDEN: "hide",
    Kind.EDIT_RELEASED: "publish edit",
    Kind.EDIT_SENT_BACK: "send edit back",
    Kind.HANDED_OVER: "hand over",
}
OF_REPORTS = {Kind.REPORTED, Kind.REPORT_OUTCOME}
OF_MOMENTS = {Kind.ASKED, Kind.ASKED_AGAIN, Kind.UNANSWERED}
ONCE_A_STORY = {Kind.CELEBRATED, Kind.THANKED, Kind.VOICED, Kind.UNREVIEWED}


def mail_of(kind: Kind, story: Story, person: User, by: User) -> EmailMultiAlternatives:
    """What this person gets about the story once `by` has done what mails of the kind tell of."""
    if kind is Kind.REMINDER:
        waiting = Waiting(story, WAITING, datetime(2026, 10, 28, tzinfo=UTC))
        return reminder_mail(Reminder(person=person, day=date(2026, 11, 2)), [waiting])
    if kind is Kind.STAND_IN:
        news = News([Days(date(2026, 11, 2), date(2026, 11, 6))], is_change=False)
        return stand_in_mail(StandInNotice(person=person, reviewer=by), news)
    occasion = occasion_of(kind, story, by)
    return notice_mail(Notice(story=story, person=person, kind=kind, occasion=occasion), story)


def occasion_of(kind: Kind, story: Story, by: User) -> int:
    """Makes what a notice of this kind tells of; its key."""
    if verb := DEEDS.get(kind):
        return deed(verb, story, by)
    if kind in OF_REPORTS:
        return story.report("It names a customer.", by=by).pk
    if kind in OF_MOMENTS:
        return 1_793_613_600_000_000  # microseconds
    if kind in ONCE_A_STORY:
        return 0
    pytest.fail(f"Say here what a mail of the kind “{kind}” tells of.")


def deed(verb: str, story: Story, by: User) -> int:
    note = "Say what changed for the customer."
    return History.objects.record(verb, story, actor=by, note=note).pk
