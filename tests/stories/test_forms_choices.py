"""People, values and groups: what may not be chosen is refused, and the rest stays."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.factories import UserFactory, ValueFactory
from tests.stories.composing import errors, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


def test_nobody_nominates_themselves(as_teller: Client, teller: User) -> None:
    assert errors(publish(as_teller, teller)) == {
        "nominees": ["A story celebrates others: Ana Lima is telling or changing this one."]
    }


def test_nobody_is_their_own_helping_hand(as_teller: Client, teller: User, nominee: User) -> None:
    assert list(errors(publish(as_teller, nominee, helping_hands=[teller.ref]))) == [
        "helping_hands"
    ]


def test_a_leaver_is_not_nominated(as_teller: Client, leaver: User) -> None:
    assert errors(publish(as_teller, leaver)) == {
        "nominees": ["Lea Vogel no longer works here, so a new story cannot name them."]
    }


def test_somebody_picked_twice_is_said_so_and_shown_once(as_teller: Client, nominee: User) -> None:
    response = publish(as_teller, nominee, nominee)
    assert errors(response) == {"nominees": ["Priya Desai was picked twice. Once is enough."]}
    assert (
        response.content.decode().count(f'type="hidden" name="nominees" value="{nominee.ref}"') == 1
    )


def test_a_nominee_is_no_helping_hand_too(as_teller: Client, nominee: User) -> None:
    assert errors(publish(as_teller, nominee, helping_hands=[nominee.ref])) == {
        "helping_hands": ["Priya Desai is celebrated already, so cannot be a helping hand too."]
    }


@pytest.mark.parametrize("ref", ["zzzzzzzzzzzzzz", "\x00", "1", "'; --", "a" * 5000])
def test_a_forged_reference_is_nobody(as_teller: Client, nominee: User, ref: str) -> None:
    response = publish(as_teller, nominees=[nominee.ref, ref])
    assert errors(response) == {"nominees": ["One of these people was not found. Pick them again."]}


def test_more_than_twenty_people_are_too_many(as_teller: Client) -> None:
    crowd = [UserFactory() for _ in range(21)]
    assert errors(publish(as_teller, *crowd)) == {
        "nominees": ["Up to 20 people, so that each of them is seen."]
    }


def test_the_good_people_stay_when_one_is_refused(
    as_teller: Client, nominee: User, leaver: User
) -> None:
    response = publish(as_teller, nominee, leaver)
    assert response.context["form"].celebrated == [nominee, leaver]
    assert Story.objects.get().nominees == [nominee]


def test_three_values_are_enough(as_teller: Client, nominee: User) -> None:
    values = [ValueFactory().pk for _ in range(4)]
    assert errors(publish(as_teller, nominee, values=values)) == {
        "values": ["Choose up to 3 values; 4 are ticked."]
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("customer_group", "999", "Choose one of the groups shown here."),
        ("customer_group", "9" * 40, "Choose one of the groups shown here."),
        ("customer_group", "\x00", "Choose one of the groups shown here."),
        ("values", ["999"], "Choose from the values shown here."),
        ("values", ["x"], "Choose from the values shown here."),
        ("moment", "grief", "Choose one of the moments shown here."),
        ("moment", "dare_to_try", "Choose one of the moments shown here."),
        ("visibility", "world", "Choose one of the two."),
        ("words_source", "dream", "Choose one of the places in the list."),
    ],
)
def test_what_was_not_offered_is_refused(
    as_teller: Client, nominee: User, name: str, value: Any, sentence: str
) -> None:
    assert errors(publish(as_teller, nominee, **{name: value})) == {name: [sentence]}


def test_a_group_that_is_offered_no_longer_is_refused(
    as_teller: Client, nominee: User, suppliers: CustomerGroup
) -> None:
    CustomerGroup.objects.update(is_active=False)
    assert list(errors(publish(as_teller, nominee))) == ["customer_group"]


def test_dare_to_try_is_there_where_the_company_has_it(
    as_teller: Client, nominee: User, company: Company
) -> None:
    company.dare_to_try = True
    company.save()
    publish(as_teller, nominee, moment="dare_to_try")
    assert Story.objects.get().moment == "dare_to_try"
