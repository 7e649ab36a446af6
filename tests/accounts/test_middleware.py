"""Times are the reader's."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from accounts.middleware import TimeZoneMiddleware
from accounts.models import Company, User

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
