"""What becomes of weeks in which the machine was down, or nobody told a story."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import coming_monday_at_nine
from tests.factories import ANOTHER_DEED, tell_story

WEEK = timedelta(weeks=1)


@pytest.fixture
def monday(company: Company) -> datetime:
    """The coming Monday's nine o'clock in UTC; nobody has told a story yet."""
    return coming_monday_at_nine()


def tell(teller: User, nominee: User, at: datetime, **said: str) -> Story:
    story = tell_story(teller, nominee, **said)
    Story.objects.filter(pk=story.pk).update(published_at=at)
    return story


def told() -> dict[datetime, list[Story]]:
    """By their Mondays, what the editions that go out tell."""
    editions = Edition.objects.exclude(state=EditionState.ABORTED)
    return {edition.cutoff_at: edition.picked() for edition in editions}


def test_after_thirty_hours_down_the_edition_goes_out_late_and_once(
    monday: datetime, teller: User, nominee: User
) -> None:
    story = tell(teller, nominee, monday - timedelta(days=1))
    for minutes in (0, 1, 2):
        tick(at=monday + timedelta(hours=30, minutes=minutes))
    assert told() == {monday: [story]}
    assert Delivery.objects.count() == Delivery.objects.values("person").distinct().count() == 3


def test_after_eight_days_down_only_the_newest_edition_goes_out_and_tells_of_both_weeks(
    monday: datetime, teller: User, nominee: User
) -> None:
    stories = [
        tell(teller, nominee, monday - timedelta(days=1)),
        tell(teller, nominee, monday + timedelta(days=2), **ANOTHER_DEED),
    ]
    tick(at=monday + timedelta(days=8))
    assert list(told()) == [monday + WEEK]
    assert set(told()[monday + WEEK]) == set(stories)


def test_an_edition_that_a_restart_finds_half_made_goes_out(
    monday: datetime, teller: User, nominee: User
) -> None:
    story = tell(teller, nominee, monday - timedelta(days=1))
    Edition.objects.create(week_start=monday.date(), cutoff_at=monday)
    tick(at=monday + timedelta(hours=30))
    assert told() == {monday: [story]}


def test_a_quiet_week_is_given_up_once_and_sends_nothing(monday: datetime, teller: User) -> None:
    for minutes in (0, 1, 2):
        tick(at=monday + timedelta(minutes=minutes))
    assert Edition.objects.get().state == EditionState.ABORTED
    assert not Delivery.objects.exists()


def test_a_story_told_after_a_quiet_weeks_hour_goes_into_the_next_edition(
    monday: datetime, teller: User, nominee: User
) -> None:
    tick(at=monday)
    story = tell(teller, nominee, monday + timedelta(hours=1))
    tick(at=monday + timedelta(hours=2))
    tick(at=monday + WEEK)
    assert told() == {monday + WEEK: [story]}


def test_a_quiet_week_invites_everybody_where_the_company_wants_that(
    monday: datetime, teller: User, nominee: User
) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    tick(at=monday)
    assert told() == {monday: []}
    assert Delivery.objects.count() == 3


def test_after_an_invitation_the_next_edition_tells_what_came_since(
    monday: datetime, teller: User, nominee: User
) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    tick(at=monday)
    story = tell(teller, nominee, monday + timedelta(hours=1))
    tick(at=monday + WEEK)
    assert told() == {monday: [], monday + WEEK: [story]}
