"""Rows for tests: as few fields as each test has something to say about."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from accounts.models import Department, Publicity, User
from stories.models import CustomerGroup, Story, Value
from stories.models.telling import Telling


class Made[M](DjangoModelFactory[M]):
    """A factory that calls itself `create`, and tells the type checker so."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:

        def __new__(cls, **fields: Any) -> M: ...  # type: ignore[misc]


class DepartmentFactory(Made[Department]):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"Department {n}")


class UserFactory(Made[User]):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@company.example")


class GroupFactory(Made[CustomerGroup]):
    class Meta:
        model = CustomerGroup

    name = factory.Sequence(lambda n: f"Group {n}")
    hue = "amber"


class ValueFactory(Made[Value]):
    class Meta:
        model = Value

    name = factory.Sequence(lambda n: f"Value {n}")


def telling(**said: Any) -> Telling:
    """A complete telling; anything said replaces the default."""
    complete: dict[str, Any] = {
        "headline": "A kayak school kept its season",
        "what_they_did": "Rang the school at seven and moved forty-one bookings.",
        "difference": "Nobody lost a trip, and the owner could tie down her boats.",
    }
    if "customer_group" not in said:
        complete["customer_group"] = CustomerGroup.objects.first() or GroupFactory()
    return Telling(**(complete | said))


# A second story about the same people says something else: the digest takes two that say the
# same, told within two weeks, for one deed.
ANOTHER_DEED = {
    "headline": "The last ferry waited for a wheelchair",
    "what_they_did": "Persuaded the harbour master, and carried the luggage aboard herself.",
    "difference": "A grandmother saw her island again.",
}


def draft_story(teller: User, *nominees: User, **said: Any) -> Story:
    """A complete draft, as the composer leaves it before publishing."""
    story = Story.objects.for_key(teller, uuid4())
    story.keep(telling(nominees=list(nominees), **said), by=teller)
    return story


def tell_story(teller: User, *nominees: User, **said: Any) -> Story:
    """A story told through the real verbs: published unless somebody's wish says otherwise."""
    story = draft_story(teller, *nominees, **said)
    story.submit(by=teller)
    return story


def wants(person: User, publicity: Publicity) -> User:
    """Let the person choose what may become of stories about them."""
    person.publicity = publicity
    person.save()
    return person
