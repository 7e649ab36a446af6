"""Telling the reviewers that something about a story is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from accounts.models import Company, History, User
from stories import access, reasons
from stories.models.choices import State
from stories.models.report import Report
from stories.reviewers import reviewers_of
from stories.signals import story_reported

if TYPE_CHECKING:
    from stories.models.story import Story


class Reporting(models.Model):
    class Meta:
        abstract = True

    def report(self: Story, reason: str, *, by: User, key: UUID | None = None) -> Report:  # type: ignore[misc]
        """Bring this story to its reviewers. Raises PermissionDenied for whoever may not, and
        while an earlier report of theirs is open.

        The reports that are open may hide it, as the company chose (`Company.reports_to_hide`).
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if not access.may_report(by, self):
                raise PermissionDenied
            report = self.reports.create(
                reporter=by, reason=reason, key=key or uuid4(), opens=self.is_private
            )
            History.objects.record("report", self, actor=by, note=reason)
            most = Company.current().reports_to_hide
            is_enough = most and self.reports.open().count() >= most
            if is_enough and reviewers_of(self).exists():
                self.hold()
            story_reported.send(type(self), story=self, by=by, report=report)
        return report

    def hold(self: Story) -> None:  # type: ignore[misc]
        """Hide it, by the company's rule and nobody's decision, until a reviewer has decided."""
        was, self.state = self.state, State.HIDDEN
        self.announce_change(None)
        before, after = {"state": was}, {"state": self.state}
        History.objects.record(
            "hide", self, actor=None, note=reasons.REPORTED, before=before, after=after
        )
