"""Fixing an edition's stories ahead of its hour, as the desk's page offers it."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.desk.planning import next_edition
from stories.digests.models import EditionState
from stories.models import Story
from tests.digests.desk_pages import DESK, url
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CHOOSE = "Choose now: nothing new joins by itself"


@pytest.fixture
def far_away(company: Company) -> User:
    """Whose Monday begins long before ours."""
    return UserFactory(time_zone="Pacific/Auckland")


def test_stories_are_fixed_ahead_of_their_hour(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    edition = next_edition()
    page = as_culture_lead.post(url("freeze", edition=edition), follow=True)
    assertContains(page, "Its stories are fixed. It leaves at its hour.")
    edition.refresh_from_db()
    assert edition.state == EditionState.FROZEN
    assertNotContains(page, CHOOSE)


def test_a_week_without_stories_cannot_be_fixed(as_culture_lead: Client, company: Company) -> None:
    page = as_culture_lead.post(url("freeze"), follow=True)
    assertContains(page, "There is no story to tell yet.")


def test_before_it_the_desk_says_when_that_will_happen_by_itself(
    as_culture_lead: Client, story: Story, far_away: User
) -> None:
    Company.objects.update(digest_hour=18)
    page = as_culture_lead.get(DESK)
    assertContains(page, "Its stories will be fixed when the first copies leave")
    assertContains(page, "Everybody gets it at 18:00 where they live.")
    assertNotContains(page, "morning")
    assertNotContains(page, "are fixed")


def test_the_button_says_that_there_is_no_way_back(as_culture_lead: Client, story: Story) -> None:
    page = as_culture_lead.get(DESK)
    assertContains(page, CHOOSE)
    assertContains(page, "There is no way back")


def test_afterwards_the_desk_says_what_can_still_be_done(
    as_culture_lead: Client, story: Story
) -> None:
    page = as_culture_lead.post(url("freeze"), follow=True)
    assertContains(page, "You can still move, add and take out stories, and change your words.")


def test_while_it_is_paused_nobody_is_promised_that_it_leaves(
    as_culture_lead: Client, story: Story
) -> None:
    edition = next_edition()
    edition.pause(by=None, note="")
    page = as_culture_lead.post(url("freeze", edition=edition), follow=True)
    assertContains(page, "Its stories are fixed. It is paused: let it go on, or it stays.")
    assertNotContains(page, "It leaves")


@pytest.mark.parametrize("quiet_week", QuietWeek)
def test_without_a_story_there_is_nothing_to_fix(
    as_culture_lead: Client, far_away: User, quiet_week: str
) -> None:
    Company.objects.update(quiet_week=quiet_week)
    page = as_culture_lead.get(DESK)
    assertNotContains(page, CHOOSE)
    assertNotContains(page, "fixed")
