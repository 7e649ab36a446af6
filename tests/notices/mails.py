"""The mail of any kind, about what such a mail tells of."""

from datetime import date
from typing import assert_never

from django.core.mail import EmailMultiAlternatives

from accounts.models import History, User
from stories.models import Story
from stories.notices.emails import notice_mail
from stories.notices.kinds import Kind
from stories.notices.models import Notice, Reminder
from stories.notices.reminding import reminder_mail


def mail_of(kind: Kind, story: Story, person: User, by: User) -> EmailMultiAlternatives:
    """What this person gets about the story once `by` has done what mails of the kind tell of."""
    if kind is Kind.REMINDER:
        return reminder_mail(Reminder(person=person, day=date(2026, 11, 2)), [story])
    occasion = occasion_of(kind, story, by)
    return notice_mail(Notice(story=story, person=person, kind=kind, occasion=occasion), story)


def occasion_of(kind: Kind, story: Story, by: User) -> int:
    """Makes what a notice of this kind tells of; its key. A type checker finds the kind that is
    missing here, and so does a test of every kind."""
    match kind:
        case Kind.RELEASED:
            return deed("publish", story, by)
        case Kind.SENT_BACK:
            return deed("send back", story, by)
        case Kind.HIDDEN:
            return deed("hide", story, by)
        case Kind.HANDED_OVER:
            return deed("hand over", story, by)
        case Kind.REPORTED | Kind.REPORT_OUTCOME:
            return story.report("It names a customer.", by=by).pk
        case Kind.ASKED | Kind.ASKED_AGAIN | Kind.UNANSWERED:
            return 1_793_613_600_000_000  # a moment
        case Kind.CELEBRATED | Kind.THANKED | Kind.VOICED | Kind.UNREVIEWED:
            return 0  # told once a story
        case Kind.REMINDER:
            raise ValueError("A reminder is no notice.")
        case _:
            assert_never(kind)


def deed(verb: str, story: Story, by: User) -> int:
    note = "Say what changed for the customer."
    return History.objects.record(verb, story, actor=by, note=note).pk
