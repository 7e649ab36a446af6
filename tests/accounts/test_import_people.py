"""A list of staff going in."""

import re

import pytest

from accounts.models import Department, History, User
from tests.accounts.conftest import Run
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

HEADING = "name,email,department,manager's email"


MAYA = "Maya Rao,maya@company.example,Product,"
PRIYA = "Priya Desai,priya@company.example,Product,maya@company.example"


def person(email: str) -> User:
    return User.objects.get(email=email)


def test_people_are_added_with_their_department_and_manager(people_from: Run) -> None:
    people_from(HEADING, MAYA, PRIYA)
    priya = person("priya@company.example")
    assert (priya.name, str(priya.department), str(priya.manager)) == (
        "Priya Desai",
        "Product",
        "Maya Rao",
    )


def test_a_manager_may_stand_below_their_reports(people_from: Run) -> None:
    people_from(HEADING, PRIYA, MAYA)
    assert person("priya@company.example").manager == person("maya@company.example")


def test_the_summary_counts(people_from: Run) -> None:
    UserFactory(name="Maya Rao", email="maya@company.example")
    result = people_from(HEADING, MAYA, PRIYA, "Nobody,,,")
    assert result.said == "1 added, 1 changed, 0 unchanged, 1 bad line\n"


def test_the_second_time_nothing_changes(people_from: Run) -> None:
    people_from(HEADING, MAYA, PRIYA)
    before = list(User.objects.values()), History.objects.count()
    result = people_from(HEADING, MAYA, PRIYA)
    assert result.said == "0 added, 0 changed, 2 unchanged, 0 bad lines\n"
    assert (list(User.objects.values()), History.objects.count()) == before


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sam,,Product,", "An email address or an employee number is missing."),
        (",sam@company.example,Product,", "name: This field cannot be blank."),
        ("Sam,sam at company,Product,", "email: Enter a valid email address."),
        (f"{'S' * 121},sam@company.example,,", "name: Ensure this value has at most 120"),
        ("S\x00m,sam@company.example,,", "name: This contains invisible control characters."),
        ("S\u202em,sam@company.example,,", "name: This contains invisible control characters."),
        (f"Sam,sam@company.example,{'D' * 81},", "name: Ensure this value has at most 80"),
        ("Sam,sam@company.example,,boss@company.example", "Nobody has the manager’s address"),
        ("Sam,sam@company.example,,sam@company.example", "their own manager"),
        ("Sam,sam@company.example,,,,extra", "There are more cells than columns."),
        ("Maya again,MAYA@company.example,,", "This person stands on line 2 already."),
    ],
)
def test_a_bad_line_is_reported_and_changes_nothing(
    people_from: Run, line: str, reason: str
) -> None:
    result = people_from(HEADING, MAYA, line)
    assert re.search(f"^Line 3: .*{re.escape(reason)}", result.complained)
    assert list(User.objects.values_list("name", flat=True)) == ["Maya Rao"]


def test_the_good_lines_go_in_beside_a_bad_one(people_from: Run) -> None:
    people_from(HEADING, "Nobody,,,", MAYA)
    assert User.objects.count() == 1


def test_a_bad_line_fails_the_command(people_from: Run) -> None:
    assert people_from(HEADING, "Nobody,,,").failed


def test_good_lines_alone_do_not_fail_it(people_from: Run) -> None:
    assert not people_from(HEADING, MAYA).failed


def test_a_circle_of_managers_is_bad_on_each_of_its_lines(people_from: Run) -> None:
    result = people_from(
        HEADING,
        "A,a@company.example,,b@company.example",
        "B,b@company.example,,a@company.example",
        "C,c@company.example,,",
    )
    assert [line[:7] for line in result.complained.splitlines()][:2] == ["Line 2:", "Line 3:"]
    assert list(User.objects.values_list("name", flat=True)) == ["C"]


def test_a_line_under_a_bad_manager_is_bad_too(people_from: Run) -> None:
    result = people_from(
        HEADING,
        "Boss,boss@company.example,,gone@company.example",
        "A,a@b.example,,boss@company.example",
    )
    assert "Line 3: Nobody has the manager’s address boss@company.example." in result.complained


def test_two_people_may_swap_places(people_from: Run) -> None:
    boss = UserFactory(name="Bo", email="bo@company.example")
    UserFactory(name="Al", email="al@company.example", manager=boss)
    result = people_from(
        HEADING, "Bo,bo@company.example,,al@company.example", "Al,al@company.example,,"
    )
    assert not result.failed
    assert person("bo@company.example").manager == person("al@company.example")


def test_a_circle_with_people_known_already_is_bad(people_from: Run) -> None:
    boss = UserFactory(name="Bo", email="bo@company.example")
    UserFactory(name="Al", email="al@company.example", manager=boss)
    result = people_from(HEADING, "Bo,bo@company.example,,al@company.example")
    assert "their own manager" in result.complained
    assert person("bo@company.example").manager is None


def test_an_empty_cell_takes_the_manager_away(people_from: Run) -> None:
    people_from(HEADING, MAYA, PRIYA)
    people_from(HEADING, "Priya Desai,priya@company.example,Product,")
    assert person("priya@company.example").manager is None


def test_somebody_without_a_mailbox_comes_in_by_employee_number(people_from: Run) -> None:
    people_from("name,employee_id", "Driss Amrani,D-0417")
    assert User.objects.get(employee_id="D-0417").email is None


def test_an_employee_number_finds_somebody_whose_address_changed(people_from: Run) -> None:
    known = UserFactory(email="old@company.example", employee_id="7")
    people_from("name,email,employee number", "Ana Lima,new@company.example,7")
    known.refresh_from_db()
    assert (known.email, User.objects.count()) == ("new@company.example", 1)


def test_address_and_number_of_two_people_are_bad(people_from: Run) -> None:
    UserFactory(email="one@company.example")
    UserFactory(email="two@company.example", employee_id="2")
    result = people_from("name,email,employee_id", "Mix,one@company.example,2")
    assert "belong to two people" in result.complained


def test_a_department_is_found_in_any_case(people_from: Run) -> None:
    Department.objects.create(name="Product")
    people_from(HEADING, "Maya Rao,maya@company.example,PRODUCT,")
    assert Department.objects.count() == 1


def test_a_zone_that_the_person_chose_stays(people_from: Run) -> None:
    UserFactory(name="Maya Rao", email="maya@company.example", time_zone="Asia/Kolkata")
    people_from("name,email,time_zone", "Maya Rao,maya@company.example,Europe/Berlin")
    assert person("maya@company.example").time_zone == "Asia/Kolkata"


def test_people_who_are_not_in_the_file_are_left_alone(people_from: Run, stranger: User) -> None:
    people_from(HEADING, MAYA)
    assert User.objects.filter(pk=stranger.pk, is_active=True).exists()


def test_a_leaver_in_the_file_stays_a_leaver(people_from: Run, leaver: User) -> None:
    people_from("name,email", f"Lea Vogel,{leaver.email}")
    leaver.refresh_from_db()
    assert not leaver.is_active


def test_new_people_have_no_password(people_from: Run) -> None:
    people_from(HEADING, MAYA)
    assert not person("maya@company.example").has_usable_password()


def test_new_people_are_found_by_search(people_from: Run) -> None:
    people_from(HEADING, "Zoë Müller,zoe@company.example,Product,")
    assert person("zoe@company.example").search_text == "zoe muller product zoe@company.example"


def test_history_tells_of_each_person_added(people_from: Run) -> None:
    people_from(HEADING, MAYA)
    row = History.objects.about(person("maya@company.example")).get()
    assert (row.verb, row.actor, row.before, row.after["department"]) == (
        "import",
        None,
        {},
        "Product",
    )


def test_history_keeps_what_changed_and_no_more(people_from: Run) -> None:
    people_from(HEADING, MAYA)
    people_from(HEADING, "Maya Rao,maya@company.example,Sales,")
    _added, row = History.objects.about(person("maya@company.example"))
    assert (row.before, row.after) == ({"department": "Product"}, {"department": "Sales"})


def test_a_dry_run_keeps_nothing_and_says_what_it_would_do(people_from: Run) -> None:
    result = people_from(HEADING, MAYA, dry_run=True)
    assert result.said.startswith("1 added")
    assert (User.objects.count(), Department.objects.count()) == (0, 0)
