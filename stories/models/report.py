"""A reader's word to the reviewers: something about this story is wrong."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kudos.lib.text import validate_plain_text
from stories.models.limits import REPORT_MAX


class Outcome(models.TextChoices):
    """What became of it; empty while it is open."""

    OPEN = "", _("Open")
    KEPT = "kept", _("Kept as it is")
    HIDDEN = "hidden", _("Hidden")
    SENT_BACK = "sent_back", _("Sent back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NARROWED = "narrowed", _("Made private")
    REWRITTEN = "rewritten", _("Taken back to write on")


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> ReportQuerySet:
        return self.filter(outcome=Outcome.OPEN)

    def newest_first(self) -> ReportQuerySet:
        return self.order_by("-reported_at", "-pk")

    def by(self, person: User) -> ReportQuerySet:
        """This person's own, the newest first."""
        return self.filter(reporter=person).newest_first()

    def close(self, outcome: Outcome, *, by: User | None, at: datetime) -> list[Report]:
        """Say of those that are open what became of them; returns these."""
        closed = list(self.open().select_related("reporter").order_by("pk"))
        keys = [report.pk for report in closed]
        self.filter(pk__in=keys).update(outcome=outcome, closed_at=at, closed_by=by)
        return closed

    def reopen(self, at: datetime) -> list[Report]:
        """Open again what was closed at this very moment, except of who has reported the story
        anew since; returns these."""
        anew = Report.objects.open().filter(story=OuterRef("story"), reporter=OuterRef("reporter"))
        of_then = self.exclude(outcome=Outcome.OPEN).filter(closed_at=at)
        closed = list(of_then.filter(~Exists(anew)).order_by("pk"))
        keys = [report.pk for report in closed]
        self.filter(pk__in=keys).update(outcome=Outcome.OPEN, closed_at=None, closed_by=None)
        return closed


class Report(models.Model):
    """Who reported a story is for its reviewers to know, and for nobody whom it is by or about.

    The same reader may report it again once there is an outcome.
    """

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="story_reports"
    )
    # Comes with the form, as a story's does: a form sent again is no second report.
    key = models.UUIDField(default=uuid4, editable=False)
    reason = models.TextField(_("reason"), max_length=REPORT_MAX, validators=[validate_plain_text])
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    # Made, or still open, while the story was private, by one of the few who read it then: the only
    # door by which reviewers come to see a private story (product.md, "A story's life").
    opens = models.BooleanField(default=False, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    # None where a rule closed it, and where it is open.
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="closed_story_reports",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["story", "reporter"],
                condition=Q(outcome=Outcome.OPEN),
                name="report_open_once",
            ),
            models.UniqueConstraint(fields=["reporter", "key"], name="report_once_a_form"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.OPEN, closed_at=None)
                | (~Q(outcome=Outcome.OPEN) & Q(closed_at__isnull=False)),
                name="report_closed_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter_id} on {self.story_id}"

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN
