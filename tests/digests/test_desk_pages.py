"""The desk's first page: what the next edition tells, when, and at what cost."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition
from stories.models import Story
from tests.digests.desk_pages import DESK, of, queries, told, url
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db


def test_it_shows_the_stories_in_order_with_the_reason_for_each(
    as_culture_lead: Client, three: list[Story]
) -> None:
    page = as_culture_lead.get(DESK)
    places = lineup(next_edition())
    assert [place.story.headline for place in page.context["placed"]] == told()
    for place in places:
        assert place.reason
        assertContains(page, place.reason)


def test_looking_at_it_makes_no_edition(as_culture_lead: Client, three: list[Story]) -> None:
    as_culture_lead.get(DESK)
    assert not Edition.objects.exists()


def test_a_private_story_is_nowhere_on_it(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="For her eyes only", visibility="private")
    assertNotContains(as_culture_lead.get(DESK), "For her eyes only")
    assertNotContains(as_culture_lead.get(f"{DESK}?find=eyes"), "For her eyes only")


def test_it_says_when_it_leaves_and_to_how_many(
    as_culture_lead: Client, company: Company, three: list[Story], culture_lead: User
) -> None:
    culture_lead.time_zone = "Asia/Tokyo"
    culture_lead.save()
    page = as_culture_lead.get(DESK).content.decode()
    assert "at 18:00</time>" in page
    assert f"{User.objects.filter(is_active=True).count()} people get it." in page


def test_verbs_name_their_week_so_that_a_page_left_open_does_no_harm(
    as_culture_lead: Client, three: list[Story]
) -> None:
    left_open = url("pause")
    coming = next_edition()
    coming.abort(by=None, note="")
    following = next_edition()
    as_culture_lead.post(left_open)
    following.refresh_from_db()
    assert following.week_start == coming.week_start + timedelta(weeks=1)
    assert following.paused_at is None


def test_an_address_of_a_week_that_has_no_edition_is_not_found(
    as_culture_lead: Client, company: Company
) -> None:
    assert as_culture_lead.get("/digest/desk/1999-01-04/").status_code == 404
    assert as_culture_lead.post("/digest/desk/1999-01-04/pause/").status_code == 404


def test_the_page_asks_as_often_for_forty_stories_as_for_ten(
    as_culture_lead: Client, three: list[Story], teller: User
) -> None:
    def queries_after(stories: int) -> int:
        for number in range(stories):
            tell_story(teller, UserFactory(), UserFactory(), headline=f"Story {number}")
        return queries(as_culture_lead, DESK)

    assert queries_after(7) == queries_after(30)


def test_the_page_asks_little(as_culture_lead: Client, three: list[Story]) -> None:
    as_culture_lead.get(DESK)
    not_stored = queries(as_culture_lead, DESK)
    as_culture_lead.post(url("place", of(told()[0]).ref), {"down": "0"})
    as_culture_lead.post(url("take_out", of(told()[0]).ref))
    arranged = queries(as_culture_lead, DESK)
    assert (not_stored, arranged) == (31, 40)
