"""Somebody reviews in a colleague's place while they are away."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts import roles
from accounts.models import Company, Delegation, History, User
from accounts.models.delegation import today

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def holiday(manager: User, nominee: User, stranger: User) -> Delegation:
    """From today on for three days the stranger reviews in the manager's place."""
    return Delegation.objects.hand_over(manager, stranger, first=today(), last=today() + 2 * DAY)


def asked_anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_the_delegate_is_a_reviewer_on_these_days_alone(
    holiday: Delegation, stranger: User
) -> None:
    at = {days: holiday.first_day + days * DAY for days in (-1, 0, 2, 3)}
    reviews = {}
    for days, day in at.items():
        with time_machine.travel(f"{day}T12:00:00Z"):
            reviews[days] = roles.is_reviewer(asked_anew(stranger))
    assert reviews == {-1: False, 0: True, 2: True, 3: False}


def test_the_reviewer_goes_on_reviewing(holiday: Delegation, manager: User) -> None:
    assert roles.is_reviewer(manager)


def test_days_are_the_companys(company: Company) -> None:
    Company.objects.update(time_zone="Pacific/Auckland")
    with time_machine.travel("2026-11-28T12:30:00Z"):
        assert today() == date(2026, 11, 29)


@pytest.mark.parametrize("who", ["manager", "stranger"])
def test_it_ends_when_one_of_them_leaves(
    holiday: Delegation, stranger: User, who: str, request: pytest.FixtureRequest
) -> None:
    User.objects.filter(pk=request.getfixturevalue(who).pk).update(is_active=False)
    assert not roles.is_reviewer(asked_anew(stranger))


def test_what_was_handed_over_is_not_handed_on(
    holiday: Delegation, stranger: User, teller: User
) -> None:
    Delegation.objects.hand_over(stranger, teller, first=today(), last=today())
    assert not roles.is_reviewer(teller)


def test_a_culture_leads_delegate_reviews_everything(culture_lead: User, stranger: User) -> None:
    Delegation.objects.hand_over(culture_lead, stranger, first=today(), last=today())
    assert roles.reviews_everything(stranger)
    assert not roles.is_culture_lead(stranger)


def test_saying_it_twice_makes_one(holiday: Delegation, manager: User, stranger: User) -> None:
    Delegation.objects.hand_over(manager, stranger, first=holiday.first_day, last=holiday.last_day)
    assert Delegation.objects.count() == 1
    assert History.objects.about(manager).filter(verb="delegate").count() == 1


def test_it_is_taken_back_once(holiday: Delegation, manager: User, stranger: User) -> None:
    holiday_again = Delegation.objects.get(pk=holiday.pk)
    holiday.end(by=manager)
    holiday_again.end(by=manager)
    assert not roles.is_reviewer(asked_anew(stranger))
    assert History.objects.about(manager).filter(verb="end delegation").count() == 1


@pytest.mark.parametrize(
    ("days", "said"),
    [((1, 0), "The last day comes before the first."), ((-3, -1), "These days have passed.")],
)
def test_days_that_are_none_are_refused(
    manager: User, stranger: User, days: tuple[int, int], said: str
) -> None:
    first, last = (today() + number * DAY for number in days)
    with pytest.raises(ValidationError, match=said):
        Delegation.objects.hand_over(manager, stranger, first=first, last=last)


def test_nobody_stands_in_for_themselves(manager: User) -> None:
    with pytest.raises(ValidationError, match="this is you"):
        Delegation.objects.hand_over(manager, manager, first=today(), last=today())


def test_a_leaver_stands_in_for_nobody(manager: User, leaver: User) -> None:
    with pytest.raises(ValidationError, match="no longer works here"):
        Delegation.objects.hand_over(manager, leaver, first=today(), last=today())
