"""Finding colleagues."""

from typing import Any

import pytest
from django.db import connection

from accounts.models import Department, User
from accounts.people import colleagues
from tests.factories import DepartmentFactory, UserFactory

pytestmark = pytest.mark.django_db


def names(query: str, **options: Any) -> list[str]:
    return [person.name for person in colleagues(query, **options)]


@pytest.fixture
def priya() -> User:
    return UserFactory(
        name="Priya Desai", email="pd@company.example", department=DepartmentFactory(name="Product")
    )


@pytest.mark.parametrize(
    "query",
    [
        "priya",
        "pri",
        "PRIYA DESAI",
        "desai priya",
        "  priya   d ",
        "Príya",
        "pd@company",
        "prod",
        "priya product",
        "pryia desay",
        "pryia",
        "dessai",
        "rpiya",
    ],
)
def test_somebody_is_found_by(query: str, priya: User) -> None:
    UserFactory(name="Otto Brandt")
    assert "Priya Desai" in names(query)


@pytest.mark.parametrize(
    "query", ["", "p", " p ", "zzqx", "!!", "otto", "\x00", "%", "__", "a b c"]
)
def test_nobody_is_found_by(query: str, priya: User) -> None:
    assert names(query) == []


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Søren Ørsted", "soren orsted"),
        ("Zoë Müller", "zoe muller"),
        ("Zoë Müller", "mueller"),
        ("Łukasz Żak", "lukasz"),
        ("王伟", "wang"),
        ("王伟", "王伟"),
        ("אבי כהן", "אבי"),
        ("Anne-Marie Roux", "marie"),
        ("Michael Stone", "micheal"),
        ("Sophie Stone", "sohpie"),
        ("John Stone", "jon"),
        ("Catrin Stone", "katrin"),
    ],
)
def test_names_of_many_languages_and_slips_are_found(name: str, query: str) -> None:
    UserFactory(name=name)
    assert names(query) == [name]


def test_beginnings_come_before_likenesses() -> None:
    for name in ("Mairi Sy", "Ana Mari", "Marie Roux", "Mario Rossi"):
        UserFactory(name=name)
    assert names("mari") == ["Marie Roux", "Mario Rossi", "Ana Mari", "Mairi Sy"]


@pytest.mark.parametrize("query", ["㌕" * 100, "a" * 100, "㌕ " * 50, "ab " * 33, "x" * 10_000])
def test_however_much_is_typed_it_is_no_error(query: str, priya: User) -> None:
    assert names(query) == []


def test_leavers_are_not_found(leaver: User) -> None:
    assert names("lea vogel") == []


def test_people_can_be_excluded(priya: User) -> None:
    assert names("priya", exclude=[priya.ref]) == []


def test_at_most_twenty_are_found() -> None:
    for number in range(25):
        UserFactory(name=f"Kim {number}")
    assert len(colleagues("kim")) == 20


def test_wildcards_are_letters_like_others(priya: User) -> None:
    assert names("pr_ya") == ["Priya Desai"]
    assert names("%desai") == ["Priya Desai"]


def test_a_renamed_department_is_found_by_its_new_name(priya: User) -> None:
    department = Department.objects.get()
    department.name = "Voyages"
    department.save()
    assert (names("voyages"), names("product")) == (["Priya Desai"], [])


def test_a_department_of_many_is_renamed_a_batch_at_a_time(
    priya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.models.department.BATCH", 2)
    department = Department.objects.get()
    for number in range(4):
        UserFactory(name=f"Kim {number}", department=department)
    department.name = "Voyages"
    department.save()
    assert len(names("voyages")) == 5


def test_renaming_leaves_other_departments_alone(priya: User) -> None:
    other = DepartmentFactory(name="Finance")
    other.name = "Money"
    other.save()
    assert names("product") == ["Priya Desai"]


@pytest.mark.parametrize("people", [3, 30])
def test_finding_takes_a_fixed_number_of_queries(
    people: int,
    django_assert_max_num_queries: pytest.FixtureRequest,
) -> None:
    for number in range(people):
        UserFactory(name=f"Nobody {number}", department=DepartmentFactory())
    UserFactory(name="Priya Desai")
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert [person.department for person in colleagues("pryia")] == [None]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no such index")
@pytest.mark.parametrize(
    "condition",
    [
        "search_text LIKE 'pri%' OR search_text LIKE '% pri%'",
        "search_text %> 'pryia desay'",
    ],
)
def test_the_index_serves_both_ways_of_finding(condition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM accounts_user WHERE {condition}")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "user_search_trigrams" in plan
