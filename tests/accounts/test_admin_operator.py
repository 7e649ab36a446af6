"""What the operator may do in the admin, and culture leads may not."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import History, User
from tests.accounts.conftest import answers, page_of
from tests.conftest import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/accounts/user/"
NEW = {"password1": "seven kayaks on", "password2": "seven kayaks on", "usable_password": "true"}


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("op@company.example", "x", name="Op Erator")


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_lead_cannot_set_a_password(as_culture_lead: Client, teller: User, method: str) -> None:
    answer = {"password1": "seven kayaks on", "password2": "seven kayaks on"}
    response = getattr(as_culture_lead, method)(f"{PEOPLE}{teller.pk}/password/", answer)
    assert response.status_code == 403


def test_the_operator_sets_one_for_somebody_without_a_mailbox(operator: User) -> None:
    driver = UserFactory(name="Driss", email=None, employee_id="D-1")
    answer = {
        "password1": "seven kayaks on",
        "password2": "seven kayaks on",
        "usable_password": "true",
    }
    signed_in(operator).post(f"{PEOPLE}{driver.pk}/password/", answer)
    driver.refresh_from_db()
    assert driver.check_password("seven kayaks on")


def test_history_tells_that_the_operator_set_one(operator: User) -> None:
    driver = UserFactory(name="Driss", email=None, employee_id="D-1")
    answer = {
        "password1": "seven kayaks on",
        "password2": "seven kayaks on",
        "usable_password": "true",
    }
    signed_in(operator).post(f"{PEOPLE}{driver.pk}/password/", answer)
    row = History.objects.about(driver).get()
    assert (row.verb, row.actor, row.after) == ("set password", operator, {})


def test_the_operator_finds_the_way_to_that_page(operator: User, teller: User) -> None:
    page = signed_in(operator).get(page_of(teller)).content.decode()
    assert f"{PEOPLE}{teller.pk}/password/" in page


def test_a_lead_is_not_shown_the_way(as_culture_lead: Client, teller: User) -> None:
    assert "/password/" not in as_culture_lead.get(page_of(teller)).content.decode().replace(
        "/admin/password_change/", ""
    )


def test_the_page_of_a_password_names_the_person(operator: User) -> None:
    driver = UserFactory(name="Driss", email=None, employee_id="D-1")
    page = signed_in(operator).get(f"{PEOPLE}{driver.pk}/password/").content.decode()
    assert "A password for Driss" in page


def test_a_lead_cannot_change_a_superuser(as_culture_lead: Client, operator: User) -> None:
    response = as_culture_lead.post(page_of(operator), answers(operator, name="Mine"))
    operator.refresh_from_db()
    assert (response.status_code, operator.name) == (403, "Op Erator")


@pytest.mark.parametrize("who", ["culture_lead", "operator"])
def test_nobody_deletes_people(who: str, teller: User, request: pytest.FixtureRequest) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.post(f"{PEOPLE}{teller.pk}/delete/", {"post": "yes"}).status_code == 403


def test_nobody_deletes_people_from_the_list(as_culture_lead: Client, teller: User) -> None:
    answer = {"action": "delete_selected", "_selected_action": teller.pk, "post": "yes"}
    as_culture_lead.post(PEOPLE, answer)
    assert User.objects.filter(pk=teller.pk).exists()


def test_the_operator_takes_the_lead_from_somebody(operator: User, culture_lead: User) -> None:
    told = answers(culture_lead, is_culture_lead=None, email="cl@company.example")
    signed_in(operator).post(page_of(culture_lead), told)
    culture_lead.refresh_from_db()
    assert (culture_lead.is_culture_lead, culture_lead.email) == (False, "cl@company.example")


def test_a_session_outlives_another_secret_key(teller: User, settings: Settings) -> None:
    client = signed_in(teller)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as the one before it"
    assert client.get("/").status_code == 200
