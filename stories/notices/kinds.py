"""Every kind of notice: when it comes, and where its switch stands on the page of mails.

A new kind is a member here, its templates in templates/emails/<value>/ and a receiver.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User


class Group(models.TextChoices):
    """What belongs together on the page."""

    ABOUT_YOU = "about-you", _("About you")
    TOLD = "told", _("Stories you told")
    REPORTS = "reports", _("Stories you reported")
    REVIEWING = "reviewing", _("Reviewing")  # shown to reviewers alone


class Kind(models.TextChoices):
    """Value, group, a sentence that says when it comes, label."""

    group: Group
    sentence: str | Promise

    def __new__(cls, value: str, group: Group, sentence: str | Promise) -> Self:
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.group = group
        kind.sentence = sentence
        return kind

    CELEBRATED = (
        "celebrated",
        Group.ABOUT_YOU,
        _("When a story that celebrates you is published."),
        _("You were celebrated"),
    )
    THANKED = (
        "thanked",
        Group.ABOUT_YOU,
        _("When a story that thanks you for your helping hand is published."),
        _("You were thanked"),
    )
    # Without the mail, the question still waits on /stories/mine/.
    ASKED = (
        "asked",
        Group.ABOUT_YOU,
        _(
            "When a story that names you needs your yes first. Without this mail it still waits"
            " for your answer under “My stories”, and is not published before."
        ),
        _("May this be published?"),
    )
    ASKED_AGAIN = (
        "asked_again",
        Group.ABOUT_YOU,
        _("When such a story still waits for your answer after two working days, and after five."),
        _("May this be published? Once more"),
    )
    VOICED = (
        "voiced",
        Group.ABOUT_YOU,
        _("An hour after the first voice under a story that celebrates you; once a story."),
        _("A colleague added a voice"),
    )
    # Not among what reviewers get: until the first day this person may be none, and whoever gets a
    # mail finds its switch.
    STAND_IN = (
        "stand_in",
        Group.ABOUT_YOU,
        _("When a colleague who is away asks you to review in their place, and when that changes."),
        _("You are asked to stand in"),
    )
    RELEASED = (
        "released",
        Group.TOLD,
        _("When a story of yours that waited for a reviewer is published."),
        _("Your story is published"),
    )
    SENT_BACK = (
        "sent_back",
        Group.TOLD,
        _("When a reviewer sends a story of yours back to you, with a note."),
        _("Sent back to you"),
    )
    HIDDEN = (
        "hidden",
        Group.TOLD,
        _("When a story of yours is hidden, by a reviewer or after reports, with the reason."),
        _("Your story was hidden"),
    )
    EDIT_RELEASED = (
        "edit_released",
        Group.TOLD,
        _("When a change of yours that waited for a reviewer is read."),
        _("Your change is read now"),
    )
    EDIT_SENT_BACK = (
        "edit_sent_back",
        Group.TOLD,
        _("When a change of yours is sent back to you, with the reason."),
        _("Your change was sent back"),
    )
    HANDED_OVER = (
        "handed_over",
        Group.REVIEWING,
        _("When another reviewer asks you to decide about a story."),
        _("A story was handed to you"),
    )
    UNREVIEWED = (
        "unreviewed",
        Group.REVIEWING,
        _("When a story or a change is published without a review: nobody may review it."),
        _("Published without a review"),
    )
    REMINDER = (
        "reminder",
        Group.REVIEWING,
        _("Once a day while a story, a change or a report has waited for two working days."),
        _("Stories wait for you"),
    )
    REPORT_OUTCOME = (
        "report_outcome",
        Group.REPORTS,
        _("When it is decided what becomes of a story that you reported."),
        _("What became of your report"),
    )
    REPORTED = (
        "reported",
        Group.REVIEWING,
        _("When a reader reports a story that you review, and when reports have hidden one."),
        _("A story was reported"),
    )
    UNANSWERED = (
        "unanswered",
        Group.TOLD,
        _("When nobody has answered after seven working days whether it may be published."),
        _("Nobody has answered"),
    )


def offered_to(person: User) -> dict[Group, list[Kind]]:
    """The kinds that may come to this person, by group, without groups that are empty."""
    hidden = () if roles.is_reviewer(person) else (Group.REVIEWING,)
    groups = {group: [kind for kind in Kind if kind.group == group] for group in Group}
    return {group: kinds for group, kinds in groups.items() if kinds and group not in hidden}
