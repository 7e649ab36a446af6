"""A link that opens the composer with a colleague picked already."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.conftest import signed_in
from tests.factories import draft_story
from tests.stories.composing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def picked(client: Client, **query: str) -> list[User]:
    response = client.get("/stories/new/", query)
    assert response.status_code == 200
    people: list[User] = response.context["form"].celebrated
    return people


def test_the_colleague_is_picked(as_manager: Client, nominee: User) -> None:
    html = as_manager.get("/stories/new/", {"nominee": nominee.ref}).content.decode()

    assert f'<input type="hidden" name="nominees" value="{nominee.ref}">' in html
    assert picked(as_manager, nominee=nominee.ref) == [nominee]


def test_what_their_department_serves_comes_first(
    as_manager: Client, nominee: User, customers: CustomerGroup
) -> None:
    customers.served_by.add(nominee.department)  # type: ignore[arg-type]
    form = as_manager.get("/stories/new/", {"nominee": nominee.ref}).context["form"]

    assert form.offer.groups[0] == customers


def test_nothing_is_saved_by_opening_it_and_publishing_works_as_ever(
    as_manager: Client, nominee: User
) -> None:
    picked(as_manager, nominee=nominee.ref)
    assert not Story.objects.exists()

    publish(as_manager, nominee)
    assert Story.objects.get().nominees == [nominee]


def test_a_leaver_is_left_out(as_manager: Client, leaver: User) -> None:
    assert picked(as_manager, nominee=leaver.ref) == []


def test_oneself_is_left_out(nominee: User) -> None:
    assert picked(signed_in(nominee), nominee=nominee.ref) == []


@pytest.mark.parametrize("ref", ["", "unknown", "A*", "\0", "x" * 500])
def test_an_unknown_reference_is_left_out(ref: str, as_manager: Client) -> None:
    assert picked(as_manager, nominee=ref) == []


def test_a_draft_keeps_its_own_people(as_teller: Client, teller: User, nominee: User) -> None:
    draft = draft_story(teller)

    assert picked(as_teller, draft=draft.ref, nominee=nominee.ref) == []
