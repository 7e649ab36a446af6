"""Featuring a story and looking at it, which move it nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from stories.models import State, Story
from tests.stories.decided import seen_by_anybody, where
from tests.stories.reviewed import verbs


def test_featuring_and_looking_are_no_states(story: Story, manager: User) -> None:
    story.look(by=manager)
    story.feature(by=manager)
    assert story.state == State.PUBLISHED
    assert story.featured_at is not None
    story.unfeature(by=manager)
    assert not Story.objects.filter(featured_at__isnull=False).exists()
    assert verbs(story) == ["submit", "look", "feature", "unfeature"]


def test_after_its_week_a_story_is_featured_again(story: Story, manager: User) -> None:
    story.feature(by=manager)
    once = story.featured_at
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1), tick=False):
        before = where(story)
        story.feature(by=manager)
        assert story.is_featured
        story.undo(seen_by_anybody(story), by=manager)
    assert where(story) == before
    assert story.featured_at == once


def test_after_its_week_it_is_kept_from_leading_a_digest_that_comes_late(
    story: Story, manager: User
) -> None:
    story.feature(by=manager)
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        story.unfeature(by=manager)
    assert story.featured_at is None


def test_once_no_digest_can_tell_it_a_story_needs_no_unfeaturing(
    story: Story, manager: User
) -> None:
    story.feature(by=manager)
    later = time_machine.travel(timezone.now() + timedelta(weeks=4), tick=False)
    with later, pytest.raises(PermissionDenied):
        story.unfeature(by=manager)
