"""The list of time zones: who is where comes first, wherever a zone is chosen."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Company, User
from accounts.zones import ZoneField, place_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

GROUP = re.compile(r'<optgroup label="(.*?)">(.*?)</optgroup>', re.DOTALL)
OPTION = re.compile(r'<option value="(.*?)"( selected)?>(.*?)</option>')


@pytest.fixture
def scattered(company: Company) -> None:
    """Two in Tokyo, one in Lima, one whose zone is the company's own, and a leaver in Oslo."""
    Company.objects.update(time_zone="Europe/Berlin")
    for zone in ("Asia/Tokyo", "Asia/Tokyo", "America/Lima", "Europe/Berlin"):
        UserFactory(time_zone=zone)
    UserFactory(time_zone="Europe/Oslo", is_active=False)


def pages(person: User) -> dict[str, str]:
    return {
        "preferences": reverse("preferences"),
        "schedule": reverse("digest:desk_schedule"),
        "admin, company": reverse("admin:accounts_company_change", args=[1]),
        "admin, person": reverse("admin:accounts_user_change", args=[person.pk]),
    }


def list_on(page: str) -> str:
    return unescape(page.split('name="time_zone"', 1)[1].split("</select>", 1)[0])


def selected(page: str) -> list[str]:
    return [zone for zone, chosen, _place in OPTION.findall(list_on(page)) if chosen]


@pytest.mark.parametrize("name", ["preferences", "schedule", "admin, company", "admin, person"])
def test_where_colleagues_are_comes_first_and_then_every_region(
    as_culture_lead: Client, scattered: None, stranger: User, name: str
) -> None:
    groups = GROUP.findall(list_on(as_culture_lead.get(pages(stranger)[name]).text))
    first, options = groups[0]
    assert first == "Where colleagues are"
    assert [zone for zone, _chosen, _place in OPTION.findall(options)] == [
        "Europe/Berlin",
        "Asia/Tokyo",
        "America/Lima",
    ]
    regions = [label for label, _options in groups[1:]]
    assert regions[:2] == ["Africa", "America"]
    assert "US" not in regions


def test_the_one_that_is_chosen_is_selected_once(
    as_culture_lead: Client, scattered: None, culture_lead: User
) -> None:
    User.objects.filter(pk=culture_lead.pk).update(time_zone="Asia/Tokyo")
    assert selected(as_culture_lead.get(reverse("preferences")).text) == ["Asia/Tokyo"]


def test_who_chooses_none_reads_which_one_that_is(as_stranger: Client, scattered: None) -> None:
    page = as_stranger.get(reverse("preferences")).text
    assert "The company’s time zone: Berlin" in list_on(page)
    assert selected(page) == [""]


@pytest.mark.parametrize("page", ["preferences", "digest:desk_schedule"])
def test_a_zone_that_is_none_is_shown_as_it_was_sent(
    as_culture_lead: Client, company: Company, page: str
) -> None:
    answer = as_culture_lead.post(reverse(page), {"time_zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert selected(answer.text) == ["Mars/Olympus"]


def test_a_second_name_that_was_imported_stays(as_stranger: Client, stranger: User) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="US/Eastern")
    page = as_stranger.get(reverse("preferences"))
    assert selected(page.text) == ["US/Eastern"]
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "photo"}
    assert as_stranger.post(reverse("preferences"), sent).status_code == 302
    stranger.refresh_from_db()
    assert stranger.time_zone == "US/Eastern"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Berlin", "Berlin"),
        ("America/Sao_Paulo", "Sao Paulo"),
        ("America/Kentucky/Louisville", "Louisville, Kentucky"),
        ("UTC", "UTC"),
    ],
)
def test_a_place_is_found_by_the_beginning_of_its_name(zone: str, said: str) -> None:
    assert place_of(zone) == said


def test_regions_are_said_in_the_readers_language(company: Company) -> None:
    with translation.override("de"):
        assert "Europa" in [str(label) for label, _places in ZoneField().listed()]


@pytest.fixture
def asked(as_stranger: Client) -> Callable[[], int]:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_stranger.get(reverse("preferences"))
        return len(captured)

    return count


def test_many_people_cost_no_more_than_few(company: Company, asked: Callable[[], int]) -> None:
    few = asked()
    UserFactory.create_batch(20, time_zone="Asia/Tokyo")
    assert asked() == few
