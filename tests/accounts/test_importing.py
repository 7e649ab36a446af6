"""What a list of staff may look like, and what is no list."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.accounts.conftest import Run

pytestmark = pytest.mark.django_db
HEADING = "name,email,department,manager's email"
MAYA = "Maya Rao,maya@company.example,Product,"
PRIYA = "Priya Desai,priya@company.example,Product,maya@company.example"


def person(email: str) -> User:
    return User.objects.get(email=email)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_separate_too(people_from: Run, delimiter: str) -> None:
    people_from(HEADING.replace(",", delimiter), MAYA.replace(",", delimiter))
    assert str(person("maya@company.example").department) == "Product"


def test_a_byte_order_mark_is_no_part_of_the_first_column(people_from: Run) -> None:
    people_from(HEADING, MAYA, encoding="utf-8-sig")
    assert User.objects.count() == 1


def test_columns_come_in_any_order_and_case(people_from: Run) -> None:
    people_from("Manager,DEPARTMENT,E-Mail,Name", ",Product,maya@company.example,Maya Rao")
    assert str(person("maya@company.example").department) == "Product"


def test_columns_that_are_not_there_leave_people_as_they_are(people_from: Run) -> None:
    people_from(HEADING, MAYA, PRIYA)
    people_from("name,email", "Priya D. Desai,priya@company.example")
    priya = person("priya@company.example")
    assert (priya.name, str(priya.department), str(priya.manager)) == (
        "Priya D. Desai",
        "Product",
        "Maya Rao",
    )


@pytest.mark.parametrize(
    ("lines", "encoding", "reason"),
    [
        (["full name,mail", "Maya,maya@company.example"], "utf-8", "must name the columns"),
        ([HEADING, "Zoë,zoe@company.example,,"], "latin-1", "This is not UTF-8"),
        ([HEADING, '"Zoë,zoe@company.example,,'], "utf-8", "not a CSV file that we can read"),
        ([""], "utf-8", "must name the columns"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    people_from: Run, lines: list[str], encoding: str, reason: str
) -> None:
    assert reason in people_from(*lines, encoding=encoding).complained


def test_a_file_that_is_not_there_is_a_sentence() -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        call_command("import_people", "nowhere.csv")


def test_ten_times_the_people_take_hardly_more_queries(people_from: Run) -> None:
    def queries(count: int, prefix: str) -> int:
        lines = [
            f"P {n},{prefix}{n}@company.example,Dept {n % 3},maya@company.example"
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            people_from(HEADING, MAYA, *lines)
        return len(captured)

    people_from(HEADING, MAYA)
    assert queries(300, "b") <= queries(30, "a") + 12
