"""What one culture lead cannot do to another, and what a new address ends."""

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import changed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def other_lead(db: None) -> User:
    return UserFactory(name="Cleo Lead", email="cleo@company.example", is_culture_lead=True)


def test_a_lead_cannot_change_another_leads_address(
    as_culture_lead: Client, other_lead: User
) -> None:
    after = changed(as_culture_lead, other_lead, email="mine@company.example", name="Cleo L.")
    assert (after.email, after.name) == ("cleo@company.example", "Cleo L.")


@pytest.mark.parametrize(
    "forged",
    [{"is_culture_lead": None}, {"employee_id": "E-1"}, {"email": "mine@company.example"}],
)
def test_what_opens_another_leads_account_stays(
    as_culture_lead: Client, other_lead: User, forged: dict[str, str | None]
) -> None:
    after = changed(as_culture_lead, other_lead, **forged, name="Cleo L.")
    assert (after.email, after.employee_id, after.is_culture_lead, after.name) == (
        "cleo@company.example",
        None,
        True,
        "Cleo L.",
    )


def test_a_lead_cannot_take_over_another_in_three_steps(
    as_culture_lead: Client, other_lead: User
) -> None:
    for step in (
        {"is_culture_lead": None},
        {"is_culture_lead": None, "email": "mine@company.example"},
        {"is_culture_lead": "on", "email": "mine@company.example"},
    ):
        after = changed(as_culture_lead, other_lead, **step)
    assert (after.email, after.is_culture_lead) == ("cleo@company.example", True)


def test_another_address_ends_the_sessions_of_the_old_one(
    as_culture_lead: Client, as_teller: Client, teller: User
) -> None:
    changed(as_culture_lead, teller, email="al@company.example")
    assert as_teller.get("/").url.startswith("/accounts/login/")


def test_another_name_ends_no_session(
    as_culture_lead: Client, as_teller: Client, teller: User
) -> None:
    changed(as_culture_lead, teller, name="Ana L.")
    assert as_teller.get("/").status_code == 200


def test_another_address_ends_the_links_that_reset_a_password(
    as_culture_lead: Client, teller: User
) -> None:
    token = default_token_generator.make_token(teller)
    after = changed(as_culture_lead, teller, email="al@company.example")
    assert not default_token_generator.check_token(after, token)


def test_a_lead_stays_signed_in_after_changing_their_own_address(
    as_culture_lead: Client, culture_lead: User
) -> None:
    after = changed(as_culture_lead, culture_lead, email="cl@company.example")
    assert after.email == "cl@company.example"
    assert as_culture_lead.get(PEOPLE).status_code == 200
