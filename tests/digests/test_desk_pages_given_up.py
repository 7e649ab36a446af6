"""How an edition is shown that was given up or held while copies were in a worker's hands."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.models.claiming import take
from stories.digests.sending import send_now
from stories.models import Story
from tests.digests.desk_pages import DESK, settle, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(company: Company, story: Story, stranger: User, culture_lead: User) -> Edition:
    """On its way to five people."""
    return send_now()


def test_an_edition_that_was_given_up_is_called_so_in_the_list_too(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=2)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(f"{DESK}editions/")
    assertContains(page, "Given up · 2 of 5 copies were sent")
    assertNotContains(page, "5 people")


def test_an_edition_given_up_before_any_copy_was_made_counts_none(
    as_culture_lead: Client, edition: Edition
) -> None:
    edition.deliveries.all().delete()
    Edition.objects.update(eligible=None)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(f"{DESK}editions/")
    assertContains(page, "Given up</span>")


def test_what_was_given_up_half_way_says_how_much_leaves_no_more(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=2)
    take(edition, most=1)
    edition.abort(by=None, note="")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "2 of 5 copies are done · 3 do not leave any more")
    assertContains(page, "<b>40 %</b>")
    assertNotContains(page, "Being sent")
    assertNotContains(page, "hx-trigger")


def test_while_a_copy_of_what_was_given_up_is_leaving_the_page_looks_again(
    as_culture_lead: Client, edition: Edition
) -> None:
    edition.abort(by=None, note="")
    edition.deliveries.filter(pk=edition.deliveries.first().pk).update(
        state="sending", started_at=timezone.now()
    )
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, 'hx-trigger="every 2s"')


def test_what_is_claimed_and_not_begun_is_listed_as_to_be_sent(
    as_culture_lead: Client, edition: Edition
) -> None:
    [held] = take(edition, most=1)
    edition.pause(by=None, note="")
    path = url("edition", edition=edition)
    assertContains(as_culture_lead.get(path), "<b>5</b> To be sent")
    listed = as_culture_lead.get(f"{path}?state=pending").context["copies"]
    assert held in listed
    assert as_culture_lead.get(f"{path}?state=sending").context["copies"] == []


def test_what_was_just_leaving_when_it_was_held_is_told(
    as_culture_lead: Client, edition: Edition
) -> None:
    [held] = take(edition, most=1)
    Delivery.objects.filter(pk=held.pk).update(started_at=timezone.now())
    edition.pause(by=None, note="")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "1 copy was just leaving then; its answer is still to come.")


def test_the_desk_leads_to_the_edition_that_was_just_given_up(
    as_culture_lead: Client, edition: Edition
) -> None:
    Edition.objects.create(
        week_start=edition.week_start - timedelta(weeks=1),
        cutoff_at=edition.cutoff_at - timedelta(weeks=1),
        state=EditionState.SENT,
    )
    edition.abort(by=None, note="")
    assertContains(as_culture_lead.get(DESK), f'href="{url("edition", edition=edition)}">How')
