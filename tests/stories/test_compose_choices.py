"""What the composer offers to choose from, and what that costs."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Company, Department, User
from stories.models import CustomerGroup
from tests.factories import GroupFactory, UserFactory, ValueFactory, draft_story
from tests.stories.composing import autosave, open_composer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every form here can name it."""


# --- Groups -------------------------------------------------------------------------------


def group_names(response: Any) -> list[str]:
    return [group.name for group in response.context["form"].offer.groups]


def test_groups_of_the_nominees_department_come_first_and_say_why(
    as_teller: Client, teller: User, nominee: User, product: Department
) -> None:
    GroupFactory(name="Journalists", position=1)
    partners = GroupFactory(name="Partners", position=2)
    partners.served_by.add(product)
    response = open_composer(as_teller, draft=draft_story(teller, nominee).ref)
    assert group_names(response)[0] == "Partners"
    assert "Product looks after Partners, so that comes first." in response.content.decode()


def test_groups_are_sent_again_only_when_their_order_changes(
    as_teller: Client, nominee: User, suppliers: CustomerGroup, product: Department
) -> None:
    suppliers.served_by.add(product)
    first = autosave(as_teller, nominee)
    shown = str(first.context["form"].offer)
    again = autosave(as_teller, nominee, groups_shown=shown)
    moved = ['name="groups_shown"' in page.content.decode() for page in (first, again)]
    assert moved == [True, False]


def test_a_draft_keeps_a_group_that_is_offered_no_longer(
    as_teller: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    story = draft_story(teller, nominee, customer_group=suppliers)
    CustomerGroup.objects.update(is_active=False)
    assert group_names(open_composer(as_teller, draft=story.ref)) == ["Suppliers"]


def test_dare_to_try_is_offered_and_asks_what_was_learned(
    as_teller: Client, company: Company
) -> None:
    before = open_composer(as_teller).content.decode()
    Company.objects.update(dare_to_try=True)
    after = open_composer(as_teller).content.decode()
    assert ["say what we learned" in page for page in (before, after)] == [False, True]
    assert ["Dare to try" in page for page in (before, after)] == [False, True]


# --- How many queries ---------------------------------------------------------------------


def queries_to(client: Client, teller: User, count: int) -> int:
    """What opening a draft asks of the database, with so many people, groups and values."""
    people = [
        UserFactory(department=GroupFactory().served_by.create(name=str(uuid4())))
        for _ in range(count)
    ]
    for _ in range(count):
        ValueFactory()
    ref = draft_story(teller, *people[:15]).ref
    with connection.execute_wrapper(counter := Counter()):
        assert open_composer(client, draft=ref).status_code == 200
    return counter.queries


class Counter:
    queries = 0

    def __call__(self, execute: Any, *args: Any) -> Any:
        self.queries += 1
        return execute(*args)


def test_the_composer_asks_the_same_number_of_queries(as_teller: Client, teller: User) -> None:
    open_composer(as_teller)
    assert queries_to(as_teller, teller, 3) == queries_to(as_teller, teller, 15)
