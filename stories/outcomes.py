"""What becomes of reports: a decision about the story closes them, undoing it opens them again."""

from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver
from django.utils import timezone

from accounts.models import History, User
from stories.models import Outcome, Report, Role, State, Story
from stories.models.deeds import BESIDE
from stories.signals import (
    reports_closed,
    reports_reopened,
    story_changed,
    story_decided,
    story_published,
)

OUTCOMES = {
    "keep": Outcome.KEPT,
    "unhide": Outcome.KEPT,
    "hide": Outcome.HIDDEN,
    "send back": Outcome.SENT_BACK,
}


# By the state in which a story is its teller's alone again.
TAKEN_BACK: dict[str, Outcome] = {
    State.WITHDRAWN: Outcome.WITHDRAWN,
    State.DRAFT: Outcome.REWRITTEN,
}


@receiver(story_decided)
def follow_decision(*, story: Story, by: User, deed: History, **kwargs: Any) -> None:
    """All that are open get the outcome, at the moment of the deed."""
    if outcome := OUTCOMES.get(deed.verb):
        closed = story.reports.close(outcome, by=by, at=deed.at)
        announce(story, by, closed)
    elif deed.verb.startswith("undo "):
        rows = History.objects.about(story).exclude(verb__in=BESIDE)
        undone = rows.exclude(pk=deed.pk).last()
        if undone and (reopened := story.reports.reopen(undone.at)):
            reports_reopened.send(type(story), story=story, by=by, reports=reopened)


@receiver(story_changed)
@receiver(story_published)
def follow_teller(*, story: Story, by: User | None, **kwargs: Any) -> None:
    """Nobody has to decide about what was withdrawn, or is written anew. Of one that was made
    private, reviewers keep the reports of the few who read on, and those alone."""
    reports = story.reports.open()
    if outcome := TAKEN_BACK.get(story.state):
        announce(story, by, reports.close(outcome, by=by, at=timezone.now()))
    elif story.is_private:
        reports.filter(reporter__in=few(story)).update(opens=True)
        left = reports.filter(opens=False)
        announce(story, by, left.close(Outcome.NARROWED, by=by, at=timezone.now()))


def few(story: Story) -> QuerySet[User]:
    """Who reads it while it is private, beside its teller (`StoryQuerySet.readable_by`)."""
    celebrated = Q(named_in__story=story, named_in__role=Role.NOMINEE)
    managing = Q(reports__named_in__story=story, reports__named_in__role=Role.NOMINEE)
    return User.objects.filter(celebrated | managing)


def announce(story: Story, by: User | None, closed: list[Report]) -> None:
    if closed:
        reports_closed.send(type(story), story=story, by=by, reports=closed)
