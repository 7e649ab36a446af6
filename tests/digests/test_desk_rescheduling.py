"""What another schedule does to the edition that is being prepared: said before, and then done."""

from copy import copy
from datetime import timedelta

import pytest
import time_machine
from django.utils.formats import date_format

from accounts.models import Company, User
from stories.digests.desk.planning import next_edition
from stories.digests.desk.rescheduling import outcome_of
from stories.digests.models import Edition, EditionState
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import coming_monday_at_nine

pytestmark = pytest.mark.django_db

# Of a week to come: what is told today is told before it, and a copy that is late by the clock of
# the database, which nobody sets, is let go.
MONDAY = coming_monday_at_nine().date()
TUESDAY, WEDNESDAY, THURSDAY = (
    coming_monday_at_nine() + timedelta(days=days, hours=6) for days in (1, 2, 3)
)
FRIDAY = coming_monday_at_nine() + timedelta(days=4, seconds=30)
LEAVES, LATE = "it leaves within a minute", "nobody gets it"


@pytest.fixture(autouse=True)
def on_fridays(company: Company, story: Story, stranger: User) -> None:
    """There is something to tell, to somebody, on Fridays at nine."""
    Company.objects.update(digest_weekday=4)


def moved_to(weekday: int, **fields: object) -> Company:
    """The company with another day for its digest, not stored."""
    company = copy(Company.current())
    company.digest_weekday = weekday
    for name, value in fields.items():
        setattr(company, name, value)
    return company


@pytest.mark.parametrize("is_planned", [True, False])
@time_machine.travel(TUESDAY, tick=False)
def test_a_day_that_has_just_passed_lets_it_leave_at_once(is_planned: bool) -> None:
    if is_planned:
        next_edition()
    company = moved_to(0)
    assert LEAVES in outcome_of(company)
    assert f"week of {date_format(MONDAY, 'j F')}" in outcome_of(company)
    company.save()
    tick()
    assert Edition.objects.get(week_start=MONDAY).state == EditionState.SENDING


@pytest.mark.parametrize("is_planned", [True, False])
@time_machine.travel(WEDNESDAY, tick=False)
def test_a_day_more_than_two_days_ago_lets_nobody_have_it(is_planned: bool) -> None:
    if is_planned:
        next_edition()
    company = moved_to(0)
    assert LATE in outcome_of(company)
    company.save()
    tick()
    assert not Edition.objects.exclude(state=EditionState.ABORTED).exists()


@time_machine.travel(WEDNESDAY, tick=False)
def test_a_last_reader_in_the_west_lets_it_leave_all_the_same(stranger: User) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="America/Los_Angeles")
    next_edition()
    assert LEAVES in outcome_of(moved_to(0))


@time_machine.travel(WEDNESDAY, tick=False)
@pytest.mark.parametrize("weekday", [3, 4, 6])
def test_a_day_to_come_does_nothing_at_once(weekday: int) -> None:
    next_edition()
    assert outcome_of(moved_to(weekday)) == ""


@time_machine.travel(TUESDAY, tick=False)
def test_another_hour_of_a_day_to_come_does_nothing_at_once() -> None:
    assert outcome_of(moved_to(4, digest_hour=23)) == ""


@time_machine.travel(TUESDAY, tick=False)
@pytest.mark.parametrize("state", [EditionState.SENDING, EditionState.SENT, EditionState.ABORTED])
def test_an_edition_that_has_left_or_was_given_up_is_past_it(state: EditionState) -> None:
    Edition.objects.create(week_start=MONDAY, cutoff_at=TUESDAY, state=state)
    assert outcome_of(moved_to(0)) == ""


@time_machine.travel(TUESDAY, tick=False)
def test_one_that_is_held_does_not_leave_at_once(culture_lead: User) -> None:
    next_edition().pause(by=culture_lead, note="Wait.")
    assert outcome_of(moved_to(0)) == ""


def test_one_whose_hour_has_come_already_leaves_by_either_schedule() -> None:
    with time_machine.travel(FRIDAY, tick=False):
        assert outcome_of(moved_to(3)) == ""


@time_machine.travel(THURSDAY, tick=False)
def test_a_week_that_was_passed_over_may_leave_after_all() -> None:
    Company.objects.update(digest_weekday=0)
    assert next_edition().week_start == MONDAY + timedelta(weeks=1)
    assert f"week of {date_format(MONDAY, 'j F')}" in outcome_of(moved_to(2))
