"""Where the hour comes first, as the schedule tells it."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.desk.places import first_place
from stories.digests.desk.planning import upcoming
from stories.digests.models import Edition, EditionState
from stories.models import Story
from tests.conftest import signed_in
from tests.digests.desk import FRIDAY, in_state
from tests.digests.desk_pages import queries
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SCHEDULE = "/digest/desk/schedule/"


@pytest.fixture(autouse=True)
def in_berlin(company: Company, stranger: User) -> None:
    """Where the company is, and everybody else who has chosen no zone."""
    Company.objects.update(time_zone="Europe/Berlin")


@time_machine.travel(FRIDAY, tick=False)
def test_in_one_zone_it_is_the_hour_of_all() -> None:
    said = "That is Monday 09:00 in Europe/Berlin, where all its readers are."
    assert first_place(upcoming()) == said


@time_machine.travel(FRIDAY, tick=False)
def test_elsewhere_the_hour_is_that_of_each_reader() -> None:
    Company.objects.update(digest_weekday=4, digest_hour=16)
    UserFactory(time_zone="America/New_York")
    assert first_place(upcoming()) == (
        "That is Friday 16:00 in Europe/Berlin; people elsewhere get it at 16:00 of their own time."
    )


@time_machine.travel(FRIDAY, tick=False)
def test_the_easternmost_reader_is_the_first() -> None:
    UserFactory(time_zone="Asia/Tokyo")
    assert "in Asia/Tokyo; people elsewhere" in first_place(upcoming())


@time_machine.travel(FRIDAY, tick=False)
def test_of_zones_that_are_equally_early_the_companys_is_named() -> None:
    UserFactory(time_zone="Africa/Lagos")
    UserFactory(time_zone="Europe/Amsterdam")
    assert "in Europe/Berlin;" in first_place(upcoming())


def test_while_nobody_gets_it_there_is_no_place() -> None:
    User.objects.update(digest="off")
    assert first_place(upcoming()) == ""


@pytest.mark.parametrize("state", [EditionState.SENDING, EditionState.SENT, EditionState.ABORTED])
def test_one_that_has_left_or_was_given_up_has_none(planned: Edition, state: EditionState) -> None:
    assert first_place(in_state(planned, state)) == ""


def test_one_that_leaves_at_once_waits_for_no_place(frozen: Edition) -> None:
    frozen.at_once = timezone.now()
    assert first_place(frozen) == ""


def test_the_schedule_names_it(culture_lead: User, story: Story) -> None:
    UserFactory(time_zone="America/New_York")
    page = signed_in(culture_lead).get(SCHEDULE)
    assertContains(page, "That is Monday 09:00 in Europe/Berlin; people elsewhere get it at")


def test_while_an_edition_is_on_its_way_the_schedule_names_none(
    as_culture_lead: Client, edition: Edition
) -> None:
    assertNotContains(as_culture_lead.get(SCHEDULE), "Europe/Berlin;")
    assertNotContains(as_culture_lead.get(SCHEDULE), "That is Monday")


def test_the_schedule_asks_as_often_for_many_zones_as_for_one(as_culture_lead: Client) -> None:
    queries(as_culture_lead, SCHEDULE)
    few = queries(as_culture_lead, SCHEDULE)
    for zone in ("America/New_York", "Asia/Tokyo", "Africa/Lagos"):
        UserFactory(time_zone=zone)
    assert queries(as_culture_lead, SCHEDULE) == few
