"""An edition that nobody got counts for nothing: its stories go into the next one."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Company, User
from stories.digests.drain import drain, finish
from stories.digests.fanout import fan_out
from stories.digests.freeze import freeze
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.sending import send_now
from stories.digests.tick import let_go, tick
from stories.models import Story
from tests.digests.conftest import claimed, coming_monday_at_nine, states

LATE = timedelta(hours=49)


@pytest.fixture
def monday(company: Company, story: Story, stranger: User) -> datetime:
    """Nine o'clock of this week's Monday, with a story to tell."""
    monday = coming_monday_at_nine() - timedelta(weeks=1)
    Story.objects.update(published_at=monday - timedelta(days=1))
    return monday


def old_edition(monday: datetime) -> Edition:
    return Edition.objects.create(week_start=monday.date(), cutoff_at=monday)


def next_monday(monday: datetime) -> Edition:
    """What the edition of the week after tells, made at its hour."""
    tick(at=monday + timedelta(weeks=1))
    return Edition.objects.get(week_start=monday.date() + timedelta(weeks=1))


def make_late(edition: Edition) -> None:
    past = timezone.now() - LATE
    edition.deliveries.update(due_at=past)
    Edition.objects.filter(pk=edition.pk).update(cutoff_at=past)


def test_a_planned_edition_that_slept_through_its_days_is_given_up(monday: datetime) -> None:
    edition = old_edition(monday)
    tick(at=monday + LATE)
    edition.refresh_from_db()
    assert edition.state == EditionState.ABORTED
    assert not edition.deliveries.exists()


def test_a_frozen_edition_that_slept_through_its_days_gives_its_stories_on(
    monday: datetime, story: Story
) -> None:
    edition = old_edition(monday)
    freeze(edition)
    assert [row.story for row in next_monday(monday).picks.all()] == [story]
    edition.refresh_from_db()
    assert edition.state == EditionState.ABORTED
    assert not edition.renderings.exists()


def test_an_edition_is_not_given_up_while_somebody_can_still_get_it(
    monday: datetime, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="America/New_York")
    edition = old_edition(monday)
    let_go(monday + LATE)
    edition.refresh_from_db()
    assert edition.state == EditionState.PLANNED


def test_copies_that_expired_before_they_left_give_their_stories_on(
    monday: datetime, story: Story
) -> None:
    edition = old_edition(monday)
    freeze(edition)
    fan_out(edition)
    make_late(edition)
    assert [row.story for row in next_monday(monday).picks.all()] == [story]
    assert set(states(edition).values()) == {"expired"}


def test_an_edition_that_was_held_for_too_long_is_given_up(edition: Edition) -> None:
    edition.pause(by=None, note="Wait.")
    make_late(edition)
    tick()
    edition.refresh_from_db()
    assert edition.state == EditionState.ABORTED
    assert not edition.picks.exists()


def test_an_edition_that_was_held_and_reached_somebody_is_sent(edition: Edition) -> None:
    edition.deliveries.filter(person__name="Ana Lima").update(state="sent", next_attempt_at=None)
    edition.pause(by=None, note="Wait.")
    make_late(edition)
    tick()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT
    assert edition.picks.exists()


@pytest.mark.parametrize("state", ["failed", "skipped", "expired", "cancelled"])
def test_an_edition_that_reached_nobody_is_not_sent(edition: Edition, state: str) -> None:
    edition.deliveries.update(state=state, next_attempt_at=None)
    finish(edition)
    edition.refresh_from_db()
    assert edition.state == EditionState.ABORTED


@pytest.mark.parametrize("state", ["sent", "uncertain"])
def test_one_copy_that_may_have_arrived_is_enough(edition: Edition, state: str) -> None:
    edition.deliveries.update(state="failed", next_attempt_at=None)
    edition.deliveries.filter(person__name="Ana Lima").update(state=state)
    finish(edition)
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT


def test_what_was_given_up_can_be_sent_by_hand_after_all(edition: Edition, folder: Path) -> None:
    edition.pause(by=None, note="Wait.")
    make_late(edition)
    tick()
    drain(send_now())
    assert set(states(edition).values()) == {"sent"}
    assert len(list(folder.glob("*.eml"))) == 4


def test_of_a_late_copy_that_went_out_nobody_knows_as_before(edition: Edition) -> None:
    [row, *_others] = claimed(edition)
    assert row.fence(edition.version)
    row.mark_uncertain()
    make_late(edition)
    Delivery.objects.expire()
    row.refresh_from_db()
    assert (row.state, row.next_attempt_at) == ("uncertain", None)
