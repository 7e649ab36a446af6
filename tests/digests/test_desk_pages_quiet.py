"""The desk's page in a week without stories."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.models import Story
from tests.digests.desk_pages import DESK, HTMX, url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("policy", "said"),
    [("skip", "no digest leaves"), ("prompt", "one line that invites them to tell a story")],
)
def test_a_week_without_stories_says_what_will_happen(
    as_culture_lead: Client, company: Company, policy: str, said: str
) -> None:
    company.quiet_week = policy
    company.save()
    page = as_culture_lead.get(DESK)
    assertContains(page, "No story yet this week")
    assertContains(page, said)


def test_a_week_without_stories_promises_nobody_a_copy(
    as_culture_lead: Client, company: Company, stranger: User
) -> None:
    page = as_culture_lead.get(DESK)
    assertContains(page, "As it stands, nobody gets it: it has no story.")
    assertNotContains(page, "people get it.")
    assertNotContains(page, "It leaves")


def test_the_status_of_a_week_without_stories_says_so_by_itself(
    as_culture_lead: Client, company: Company
) -> None:
    answer = as_culture_lead.post(url("pause"), headers=HTMX)
    assertContains(answer, "Paused")
    answer = as_culture_lead.post(url("resume"), headers=HTMX)
    assertContains(answer, "As it stands, nobody gets it: it has no story.")


def test_who_takes_the_last_story_out_reads_at_once_that_nobody_gets_it(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    assertContains(as_culture_lead.get(DESK), 'id="leaving"')
    answer = as_culture_lead.post(url("take_out", story.ref), headers=HTMX)
    assertContains(answer, 'id="leaving" hx-swap-oob="true"')
    assertContains(answer, "As it stands, nobody gets it: it has no story.")
