"""What a culture lead can do to people and the company, and what nobody can."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Department, History, User
from tests.accounts.conftest import answers, changed, page_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/accounts/user/"


def test_a_lead_adds_somebody(as_culture_lead: Client, product: Department, manager: User) -> None:
    answer = {
        "name": "Noa New",
        "email": "NOA@company.example",
        "department": product.pk,
        "manager": manager.pk,
        "is_active": "on",
    }
    as_culture_lead.post(f"{PEOPLE}add/", answer)
    noa = User.objects.get(email="noa@company.example")
    assert (noa.department, noa.manager, noa.has_usable_password()) == (product, manager, False)


def test_a_lead_adds_somebody_without_a_mailbox(as_culture_lead: Client) -> None:
    as_culture_lead.post(
        f"{PEOPLE}add/", {"name": "Driss", "employee_id": "D-1", "is_active": "on"}
    )
    assert User.objects.get(employee_id="D-1").email is None


@pytest.mark.parametrize(
    "answer",
    [
        {"name": "Nobody"},
        {"name": "", "email": "x@company.example"},
        {"name": "Twin", "email": "ANA@company.example"},
        {"name": "Odd\x00", "email": "x@company.example"},
        {"name": "Odd", "email": "no address"},
        {"name": "Odd", "email": "x@company.example", "time_zone": "Mars"},
    ],
)
def test_somebody_who_cannot_be_is_refused_with_a_sentence(
    as_culture_lead: Client, teller: User, answer: dict[str, str]
) -> None:
    before = User.objects.count()
    page = as_culture_lead.post(f"{PEOPLE}add/", answer).content.decode()
    assert "errorlist" in page
    assert User.objects.count() == before


def test_a_circle_of_managers_gets_a_sentence_at_the_field(
    as_culture_lead: Client, manager: User, nominee: User
) -> None:
    response = as_culture_lead.post(page_of(manager), answers(manager, manager=nominee.pk))
    assert "their own manager" in str(response.context["adminform"].form.errors["manager"])


def test_a_lead_says_goodbye_to_a_leaver(as_culture_lead: Client, teller: User) -> None:
    assert not changed(as_culture_lead, teller, is_active=None).is_active


def test_a_lead_makes_another_lead(as_culture_lead: Client, teller: User) -> None:
    assert changed(as_culture_lead, teller, is_culture_lead="on").is_culture_lead


def test_a_lead_changes_the_address_of_staff(as_culture_lead: Client, teller: User) -> None:
    assert (
        changed(as_culture_lead, teller, email="al@company.example").email == "al@company.example"
    )


def test_a_lead_cannot_lock_themselves_out(as_culture_lead: Client, culture_lead: User) -> None:
    after = changed(as_culture_lead, culture_lead, is_active=None, is_culture_lead=None)
    assert (after.is_active, after.is_culture_lead) == (True, True)


@pytest.mark.parametrize(
    "field", ["is_superuser", "is_staff", "password", "groups", "user_permissions"]
)
def test_a_forged_field_changes_nothing(as_culture_lead: Client, teller: User, field: str) -> None:
    before = teller.password, teller.is_superuser
    after = changed(as_culture_lead, teller, **{field: "1", "name": "Ana L."})
    assert (after.password, after.is_superuser, after.name) == (*before, "Ana L.")


def test_a_forged_field_makes_no_superuser_of_somebody_new(as_culture_lead: Client) -> None:
    as_culture_lead.post(
        f"{PEOPLE}add/", {"name": "Eve", "email": "e@company.example", "is_superuser": "on"}
    )
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_lead_cannot_change_what_somebody_chose_for_themselves(
    as_culture_lead: Client, teller: User
) -> None:
    after = changed(as_culture_lead, teller, publicity="private_only", digest="off")
    assert (after.publicity, after.digest) == ("fine", "weekly")


def test_history_tells_what_a_lead_changed(
    as_culture_lead: Client, culture_lead: User, teller: User, product: Department
) -> None:
    changed(as_culture_lead, teller, department=product.pk, name="Ana L.")
    row = History.objects.about(teller).get()
    assert (row.verb, row.actor, row.before, row.after) == (
        "change",
        culture_lead,
        {"name": "Ana Lima", "department": "Customer Care"},
        {"name": "Ana L.", "department": "Product"},
    )


def test_history_names_managers_by_reference(
    as_culture_lead: Client, teller: User, manager: User
) -> None:
    changed(as_culture_lead, teller, manager=manager.pk)
    assert History.objects.about(teller).get().after == {"manager": manager.ref}


def test_history_tells_whom_a_lead_added(as_culture_lead: Client) -> None:
    as_culture_lead.post(
        f"{PEOPLE}add/", {"name": "Noa", "email": "noa@company.example", "is_active": "on"}
    )
    row = History.objects.about(User.objects.get(name="Noa")).get()
    assert (row.verb, row.after["email"]) == ("add", "noa@company.example")


def test_saving_without_a_change_writes_no_history(as_culture_lead: Client, teller: User) -> None:
    changed(as_culture_lead, teller)
    assert not History.objects.exists()


@pytest.mark.parametrize("query", ["priya", "PRÍYA", "priya@company", "product"])
def test_people_are_found_by(
    as_culture_lead: Client, nominee: User, teller: User, query: str
) -> None:
    found = as_culture_lead.get(PEOPLE, {"q": query}).context["cl"].result_list
    assert nominee in found
    assert teller not in found


@pytest.mark.parametrize(
    "lookup",
    [
        "password__startswith=a",
        "told=1",
        "told__isnull=False",
        "named_in=1",
        "deeds=1",
        "manager__password__startswith=a",
    ],
)
def test_the_address_cannot_ask_what_the_page_does_not(
    as_culture_lead: Client, lookup: str
) -> None:
    assert as_culture_lead.get(f"{PEOPLE}?{lookup}").status_code == 400


def test_the_filters_of_the_page_work(as_culture_lead: Client, leaver: User, teller: User) -> None:
    found = as_culture_lead.get(f"{PEOPLE}?is_active__exact=0").context["cl"].result_list
    assert list(found) == [leaver]


def test_managers_are_picked_by_search(as_culture_lead: Client, manager: User) -> None:
    field = {"app_label": "accounts", "model_name": "user", "field_name": "manager", "term": "maya"}
    found = as_culture_lead.get("/admin/autocomplete/", field).json()["results"]
    assert [row["text"] for row in found] == ["Maya Rao"]


def test_djangos_own_log_is_written_too(as_culture_lead: Client, teller: User) -> None:
    changed(as_culture_lead, teller, name="Ana L.")
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("count", [3, 30])
def test_the_list_takes_a_fixed_number_of_queries(
    as_culture_lead: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    boss = UserFactory()
    for _ in range(count):
        UserFactory(manager=boss, department=Department.objects.get_or_create(name="One")[0])
    as_culture_lead.get(PEOPLE)
    with django_assert_num_queries(6):
        as_culture_lead.get(PEOPLE)
