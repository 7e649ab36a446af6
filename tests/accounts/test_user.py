"""A person: how they are named, found and placed under a manager."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import Company, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case() -> None:
    assert UserFactory(email="Ana.LIMA@Company.Example").email == "ana.lima@company.example"


def test_an_address_belongs_to_one_person_in_any_case() -> None:
    UserFactory(email="ana@company.example")
    with pytest.raises(IntegrityError):
        UserFactory(email="ANA@company.example")


def test_the_form_says_that_an_address_is_taken() -> None:
    UserFactory(email="ana@company.example")
    with pytest.raises(ValidationError) as caught:
        User(name="Ana", email="ANA@company.example", password="!").full_clean()
    assert list(caught.value.message_dict) == ["email"]


def test_two_people_may_both_have_no_address() -> None:
    UserFactory(email=None, employee_id="1")
    UserFactory(email=None, employee_id="2")
    assert User.objects.filter(email=None).count() == 2


def test_an_empty_address_is_none() -> None:
    assert UserFactory(email="", employee_id="1").email is None


def test_an_employee_number_belongs_to_one_person() -> None:
    UserFactory(email=None, employee_id="1")
    with pytest.raises(IntegrityError):
        UserFactory(email=None, employee_id="1")


def test_somebody_has_an_address_or_a_number() -> None:
    with pytest.raises(IntegrityError):
        UserFactory(email=None)


def test_nobody_manages_themselves() -> None:
    person = UserFactory()
    person.manager = person
    with pytest.raises(ValidationError, match="their own manager"):
        person.check_manager()


def test_nobody_manages_their_managers_manager() -> None:
    top = UserFactory()
    middle = UserFactory(manager=top)
    top.manager = UserFactory(manager=middle)
    with pytest.raises(ValidationError, match="their own manager"):
        top.check_manager()


def test_a_chain_of_managers_is_fine() -> None:
    top = UserFactory()
    UserFactory(manager=UserFactory(manager=top)).check_manager()


def test_a_person_made_without_a_password_has_none() -> None:
    assert not User.objects.create_user("new@company.example", name="Noa").has_usable_password()


def test_a_superuser_may_open_the_admin() -> None:
    assert User.objects.create_superuser("op@company.example", "x", name="Op").is_staff


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Priya Desai", "PD"), ("Cher", "C"), ("Ana Maria de Lima", "AL"), ("", "")],
)
def test_initials(name: str, initials: str) -> None:
    assert User(name=name).initials == initials


def test_the_same_name_has_the_same_hue() -> None:
    assert User(name="Priya Desai").hue == User(name="Priya Desai").hue


def test_somebody_who_chose_a_language_reads_it() -> None:
    assert User(language="de").reads(Company(language="en")) == "de"


def test_somebody_who_chose_none_reads_the_companys() -> None:
    assert User().reads(Company(language="de")) == "de"
