"""What waits for the demo company's reviewers beside whole stories: reports, and a change."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone

from accounts.models import History, User
from kudos.management.demo_company import shapes
from stories.models import Proposal, Story

PROPOSED_AGO = timedelta(hours=3)


def bring_to_reviewers(story: Story, told: shapes.Story, people: Mapping[str, User]) -> None:
    """As rows alone: nobody gets a mail about what happened before the company was there."""
    _report(story, told, people)
    _propose(story, told)


def _report(story: Story, told: shapes.Story, people: Mapping[str, User]) -> None:
    for report in told.reports:
        at = timezone.now() - timedelta(hours=report.hours_ago)
        reporter = people[report.reporter]
        story.reports.create(reporter=reporter, reason=report.reason, reported_at=at)
        History.objects.record("report", story, actor=reporter, note=report.reason, at=at)


def _propose(story: Story, told: shapes.Story) -> None:
    if told.proposed:
        at = timezone.now() - PROPOSED_AGO
        Proposal.objects.create(story=story, says=dict(told.proposed), proposed_at=at)
        History.objects.record("propose edit", story, actor=story.teller, at=at)
