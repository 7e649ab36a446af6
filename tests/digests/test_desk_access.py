"""Who finds the desk: culture leads, and for everybody else there is no such address."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from accounts.models import Company, User
from stories.digests.desk.planning import upcoming
from stories.digests.models import Edition
from stories.digests.sending import send_now
from stories.models import Story
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

type Address = tuple[str, tuple[Any, ...]]

# Every address of the desk: the methods that it answers, and what stands in it.
READ, CHANGE, BOTH = {"GET", "HEAD"}, {"POST"}, {"GET", "HEAD", "POST"}
ADDRESSES: dict[str, tuple[set[str], tuple[str, ...]]] = {
    "desk": (READ, ()),
    "desk_preview": (READ, ()),
    "desk_preview_html": (READ, ("person",)),
    "desk_people": (READ, ()),
    "desk_person": (READ, ("person",)),
    "desk_resend_to": (CHANGE, ("person", "week")),
    "desk_lift": (CHANGE, ("person",)),
    "desk_editions": (READ, ()),
    "desk_schedule": (BOTH, ()),
    "desk_history": (READ, ()),
    "desk_edition": (READ, ("week",)),
    "desk_progress": (READ, ("week",)),
    "desk_stories": (READ, ("week",)),
    "desk_order": (CHANGE, ("week",)),
    "desk_afresh": (BOTH, ("week",)),
    "desk_words": (CHANGE, ("week",)),
    "desk_place": (CHANGE, ("week", "story")),
    "desk_take_out": (CHANGE, ("week", "story")),
    "desk_add": (CHANGE, ("week", "story")),
    "desk_test": (BOTH, ("week",)),
    "desk_send_now": (BOTH, ("week",)),
    "desk_freeze": (CHANGE, ("week",)),
    "desk_pause": (CHANGE, ("week",)),
    "desk_resume": (CHANGE, ("week",)),
    "desk_abort": (BOTH, ("week",)),
    "desk_resend": (CHANGE, ("week", "which")),
}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOT_LEADS = ("teller", "nominee", "manager", "other_manager", "stranger")


@pytest.fixture
def edition(company: Company, story: Story, stranger: User) -> Edition:
    return send_now()


@pytest.fixture
def urls(edition: Edition, story: Story, nominee: User) -> dict[str, str]:
    return urls_of(edition, story, nominee)


def urls_of(edition: Edition, story: Story, nominee: User) -> dict[str, str]:
    """Each address by name, with things in it that there are."""
    parts: dict[str, str | date] = {
        "person": nominee.ref,
        "week": edition.week_start,
        "story": story.ref,
        "which": "failed",
    }
    return {
        name: reverse(f"digest:{name}", args=[parts[part] for part in wanted])
        for name, (_methods, wanted) in ADDRESSES.items()
    }


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def test_every_address_under_the_desk_is_listed_here() -> None:
    below = {
        entry.name
        for entry in patterns(get_resolver())
        if str(entry.pattern).startswith("digest/desk")
    }
    assert below == ADDRESSES.keys()


@pytest.mark.parametrize("role", NOT_LEADS)
def test_only_culture_leads_find_any_of_it(
    urls: dict[str, str], role: str, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(role))
    answers = {
        (name, method): client.generic(method, url).status_code
        for name, url in urls.items()
        for method in METHODS
    }
    assert set(answers.values()) == {404}, answers


def test_signed_out_there_is_only_the_sign_in_page(urls: dict[str, str], client: Client) -> None:
    answers = {
        (name, method): client.generic(method, url)
        for name, url in urls.items()
        for method in METHODS
    }
    assert all(answer.status_code == 302 for answer in answers.values())
    assert all("/accounts/login/" in answer["Location"] for answer in answers.values())


def test_a_leaver_who_was_a_culture_lead_is_signed_out(
    urls: dict[str, str], culture_lead: User
) -> None:
    client = signed_in(culture_lead)
    User.objects.filter(pk=culture_lead.pk).update(is_active=False)
    for name, url in urls.items():
        for method in METHODS:
            assert client.generic(method, url).status_code == 302, (name, method)


def test_a_leaver_finds_nothing(urls: dict[str, str], leaver: User) -> None:
    client = signed_in(leaver)
    for name, url in urls.items():
        for method in METHODS:
            assert client.generic(method, url).status_code == 302, (name, method)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_culture_lead_finds_it_by_its_own_methods_alone(
    urls: dict[str, str], culture_lead: User, name: str
) -> None:
    client = signed_in(culture_lead)
    allowed, _wanted = ADDRESSES[name]
    for method in METHODS:
        status = client.generic(method, urls[name]).status_code
        assert status != 404, method
        assert (status == 405) == (method not in allowed), (method, status)


def test_an_operator_runs_the_desk_too(urls: dict[str, str], stranger: User) -> None:
    stranger.is_superuser = True
    stranger.save()
    assert signed_in(stranger).get(urls["desk"]).status_code == 200


def stored() -> dict[str, list[Any]]:
    """All rows of all tables."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }


def look_at_all(client: Client, urls: dict[str, str]) -> None:
    for name, (methods, _wanted) in ADDRESSES.items():
        if "GET" in methods:
            assert client.get(urls[name]).status_code in (200, 302), name


def test_looking_changes_nothing(urls: dict[str, str], as_culture_lead: Client) -> None:
    before = stored()
    look_at_all(as_culture_lead, urls)
    assert stored() == before


def test_looking_changes_nothing_either_where_no_edition_is_stored(
    company: Company, story: Story, nominee: User, as_culture_lead: Client
) -> None:
    urls = urls_of(upcoming(), story, nominee)
    before = stored()
    look_at_all(as_culture_lead, urls)
    assert stored() == before


@pytest.mark.parametrize(
    "name", [name for name, (methods, _) in ADDRESSES.items() if "POST" in methods]
)
def test_nothing_is_changed_by_a_form_of_another_site(
    urls: dict[str, str], culture_lead: User, name: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(culture_lead)
    before = stored()
    assert client.post(urls[name]).status_code == 403
    assert stored() == before


def test_only_culture_leads_are_shown_the_way_to_it(
    as_culture_lead: Client, as_manager: Client
) -> None:
    assert "/digest/desk/" in as_culture_lead.get("/digest/").content.decode()
    assert "/digest/desk/" not in as_manager.get("/digest/").content.decode()
