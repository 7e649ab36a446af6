"""What one reader meets of reporting under a story."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from accounts.models import User
from stories import access
from stories.forms.report import ReportForm
from stories.models import Outcome, Report, Story


@dataclass(frozen=True, slots=True)
class Reporting:
    """The reader's newest report of the story, what became of it, and a form for another; each may
    be missing."""

    own: Report | None
    outcome: str
    form: Form | None


def reporting_of(story: Story, reader: User, sent: Form | None = None) -> Reporting:
    """`sent` is the form where it comes back."""
    own = story.reports.by(reader).first()
    is_open = own is not None and own.is_open
    may = not is_open and access.may_report(reader, story)
    form = sent or ReportForm(auto_id="id_report_%s", label_suffix="") if may else None
    return Reporting(own, what_became_of(own) if own else "", form)


def what_became_of(report: Report) -> str:
    """A sentence for whoever reported it, "" while it is open."""
    said = {
        Outcome.KEPT: _("A reviewer looked at it and kept it as it is."),
        Outcome.HIDDEN: _("A reviewer looked at it and hid it."),
        Outcome.SENT_BACK: _(
            "A reviewer looked at it and sent it back to its teller, with a note on what should "
            "change."
        ),
        Outcome.WITHDRAWN: _("Its teller has withdrawn it."),
        Outcome.NARROWED: _("It has been made private, and only a few people read it now."),
        Outcome.REWRITTEN: _("Its teller has taken it back, to write it anew."),
    }
    return said.get(Outcome(report.outcome), "")
