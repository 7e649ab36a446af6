"""A reviewer says who decides in their place."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import Delegation, User
from accounts.models.delegation import today
from tests.conftest import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

AWAY = "/preferences/away/"


def arrange(client: Client, **said: str) -> Any:
    """A week from today on, with Sam Stone, unless something else is said."""
    days = {"first_day": str(today()), "last_day": str(today() + timedelta(days=6))}
    return client.post(AWAY, days | {"colleague": "Sam Stone"} | said)


def test_a_manager_lets_a_colleague_review(
    as_manager: Client, nominee: User, manager: User, stranger: User
) -> None:
    assert arrange(as_manager)["Location"] == AWAY
    assert Delegation.objects.away(stranger) == [manager]
    assert "Sam Stone" in as_manager.get(AWAY).content.decode()


def test_several_of_a_name_are_chosen_from(
    as_culture_lead: Client, culture_lead: User, stranger: User
) -> None:
    other = UserFactory(name="Sam Stoneham")
    response = arrange(as_culture_lead, colleague="Sam")
    assert response.status_code == 422
    assert other.ref in response.content.decode()
    assert arrange(as_culture_lead, colleague="Sam", chosen=other.ref).status_code == 302
    assert Delegation.objects.away(other) == [culture_lead]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"colleague": "Zebedee"}, "Nobody here answers to that"),
        ({"colleague": ""}, "Say who."),
        ({"first_day": ""}, "Say from which day."),
        ({"first_day": "soon"}, "Enter a valid date."),
        ({"last_day": "2020-01-01"}, "The last day comes before the first."),
        ({"colleague": "Cora", "chosen": "forged"}, "Nobody here answers to that"),
    ],
)
def test_what_is_not_right_is_said_and_kept(
    as_culture_lead: Client, stranger: User, said: dict[str, str], answer: str
) -> None:
    response = arrange(as_culture_lead, **said)
    assert response.status_code == 422
    assert answer in response.content.decode()
    assert not Delegation.objects.exists()


def test_it_is_taken_back_and_that_twice_does_no_harm(
    as_manager: Client, manager: User, delegate: User
) -> None:
    address = f"{AWAY}{manager.delegations.get().pk}/end/"
    for _press in range(2):
        assert as_manager.post(address)["Location"] == AWAY
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("who", ["culture_lead", "delegate", "other_manager"])
def test_nobody_else_takes_it_back(
    who: str, manager: User, delegate: User, request: pytest.FixtureRequest
) -> None:
    address = f"{AWAY}{manager.delegations.get().pk}/end/"
    assert signed_in(request.getfixturevalue(who)).post(address).status_code == 404
    assert Delegation.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "teller", "delegate"])
def test_the_page_is_for_those_who_review_themselves(
    who: str, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(AWAY).status_code == 404
    assert arrange(client, colleague="Ana").status_code == 404
    assert AWAY not in client.get("/preferences/").content.decode()


def test_reviewers_find_it_in_their_preferences(as_culture_lead: Client) -> None:
    assert AWAY in as_culture_lead.get("/preferences/").content.decode()
