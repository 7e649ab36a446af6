"""The filters that are on: in chips, in the form and in the address."""

from datetime import date

import pytest
from django.http import Http404, QueryDict
from django.test import Client

from accounts.models import Company
from stories.feed import Filters
from stories.models import CustomerGroup, Story
from tests.factories import ValueFactory

pytestmark = pytest.mark.django_db


def test_chips_take_off_one_filter_and_keep_the_rest(
    as_stranger: Client, story: Story, suppliers: CustomerGroup
) -> None:
    response = as_stranger.get(f"/?group={suppliers.pk}&moment=wow&q=kayak")

    urls = {chip.label: chip.url for chip in response.context["chips"]}
    assert urls["Suppliers"] == "?q=kayak&moment=wow"
    assert urls["Wow"] == f"?q=kayak&group={suppliers.pk}"


def test_every_kind_of_filter_has_a_chip(as_stranger: Client, story: Story) -> None:
    value = ValueFactory()
    nominee = story.nominees[0]
    response = as_stranger.get(
        f"/?q=x&group={story.customer_group_id}&moment=wow&value={value.pk}"
        f"&department={nominee.department_id}&person={nominee.ref}&period=week"
        "&from=2025-01-01&to=2025-01-31"
    )

    assert [chip.label for chip in response.context["chips"]] == [
        "“x”",
        "Suppliers",
        "Wow",
        value.name,
        "Product",
        "Priya Desai",
        "This week",
        "From 1 January 2025",
        "Until 31 January 2025",
    ]


def test_the_form_keeps_what_is_on(as_stranger: Client, story: Story) -> None:
    response = as_stranger.get(f"/?q=kayak&group={story.customer_group_id}&moment=wow")
    html = response.content.decode()

    assert '<option value="wow" selected>' in html
    assert 'name="group" value="' in html


def test_dare_to_try_is_offered_once_the_company_wants_it(
    as_stranger: Client, company: Company
) -> None:
    assert b"Dare to try" not in as_stranger.get("/").content

    company.dare_to_try = True
    company.save()

    assert b"Dare to try" in as_stranger.get("/").content


def test_filters_survive_the_address() -> None:
    filters = Filters(q="a & b", group=3, person="abc", start=date(2025, 1, 2))

    assert Filters.parse(QueryDict(filters.to_querystring()[1:])) == filters


def test_empty_fields_of_the_form_are_no_filters() -> None:
    assert not Filters.parse(QueryDict("q=&group=&moment=&from=&to="))


@pytest.mark.parametrize("text", ["\x00", " \t ", "\u202e"])
def test_invisible_characters_are_nothing_to_search_for(text: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = text

    assert Filters.parse(query).q == ""


def test_a_filter_that_nobody_wrote_raises() -> None:
    with pytest.raises(Http404):
        Filters.parse(QueryDict("moment=points"))


def test_filters_that_nothing_fits_can_be_taken_off(as_stranger: Client, story: Story) -> None:
    assert b"Take all filters off" in as_stranger.get("/?moment=wow").content
