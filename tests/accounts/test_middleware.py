"""Times are the reader's, and what a reader is shown stays out of caches."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.middleware import TimeZoneMiddleware
from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.factories import tell_story

pytestmark = pytest.mark.django_db


def zone_for(person: User) -> str:
    """The time zone that a page for this person is drawn in."""
    request = RequestFactory().get("/")
    request.user = person

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(timezone.get_current_timezone_name())

    return TimeZoneMiddleware(page)(request).content.decode()


def test_a_page_is_drawn_in_the_readers_zone(teller: User) -> None:
    teller.time_zone = "Asia/Kolkata"
    assert zone_for(teller) == "Asia/Kolkata"


def test_without_one_it_is_drawn_in_the_companys(teller: User, company: Company) -> None:
    Company.objects.update(time_zone="Europe/Lisbon")
    assert zone_for(teller) == "Europe/Lisbon"


def test_the_next_reader_does_not_inherit_it(teller: User) -> None:
    teller.time_zone = "Asia/Kolkata"
    zone_for(teller)
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.fixture
def private_story(teller: User, nominee: User, suppliers: CustomerGroup) -> Story:
    return tell_story(teller, nominee, customer_group=suppliers, visibility="private")


def test_no_browser_keeps_a_private_story(as_nominee: Client, private_story: Story) -> None:
    response = as_nominee.get(private_story.get_absolute_url())
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


@pytest.mark.parametrize("page", ["/", "/stories/mine/", "/stories/new/", "/preferences/", "/no/"])
def test_no_browser_keeps_a_page_for_somebody_signed_in(as_nominee: Client, page: str) -> None:
    assert as_nominee.get(page)["Cache-Control"] == "private, no-store"


def test_no_browser_keeps_a_part_of_a_page(as_nominee: Client) -> None:
    response = as_nominee.get("/", headers={"HX-Request": "true"})
    assert response["Cache-Control"] == "private, no-store"


def test_a_page_that_says_more_keeps_its_word(as_culture_lead: Client) -> None:
    assert "no-store" in as_culture_lead.get("/admin/accounts/user/")["Cache-Control"]


def test_the_accent_stays_in_every_cache(as_nominee: Client) -> None:
    assert as_nominee.get("/company/accent.css")["Cache-Control"] == "public, max-age=86400"


def test_what_every_cache_keeps_carries_nobodys_cookie(as_nominee: Client) -> None:
    assert not as_nominee.get("/company/accent.css").cookies
