"""The demo company is set up soundly: its people, departments, groups and sign-ins."""

import re
from zoneinfo import ZoneInfo

import pytest

from kudos.management.demo_company import (
    COMPANY,
    DEMO_SIGN_INS,
    DEPARTMENTS,
    GROUPS,
    PEOPLE,
    VALUES,
)
from kudos.management.demo_company.shapes import Person

BY_KEY = {person.key: person for person in PEOPLE}

every_person = pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)


def managers_above(person: Person) -> list[str]:
    above: list[str] = []
    while person.manager is not None and person.manager not in above:
        above.append(person.manager)
        person = BY_KEY[person.manager]
    return above


def test_the_company_has_nine_departments() -> None:
    assert len(set(DEPARTMENTS)) == 9


def test_the_company_has_five_groups() -> None:
    assert len({group.name for group in GROUPS}) == 5


def test_the_company_has_six_values() -> None:
    assert len({value.name for value in VALUES}) == 6


def test_every_group_has_a_hue_of_its_own() -> None:
    assert len({group.hue for group in GROUPS}) == len(GROUPS)


def test_every_group_is_served_by_departments_that_exist() -> None:
    assert {name for group in GROUPS for name in group.served_by} <= set(DEPARTMENTS)


def test_every_department_serves_a_group() -> None:
    assert {name for group in GROUPS for name in group.served_by} == set(DEPARTMENTS)


def test_about_sixty_people_work_there() -> None:
    assert 55 <= len(PEOPLE) <= 70


def test_every_department_has_people() -> None:
    assert {person.department for person in PEOPLE} == set(DEPARTMENTS)


def test_no_two_people_share_a_key_or_a_name() -> None:
    assert len(BY_KEY) == len({person.name for person in PEOPLE}) == len(PEOPLE)


@every_person
def test_a_person_signs_in_by_address_or_by_employee_id(person: Person) -> None:
    assert bool(person.email) != bool(person.employee_id)


@every_person
def test_an_address_is_in_lower_case_and_can_reach_nobody(person: Person) -> None:
    assert not person.email or re.fullmatch(r"[a-z]+@[a-z]+\.example", person.email)


@every_person
def test_a_time_zone_exists(person: Person) -> None:
    assert ZoneInfo(person.time_zone or COMPANY.time_zone)


def test_three_people_have_no_mailbox() -> None:
    assert sum(not person.email for person in PEOPLE) == 3


def test_one_person_heads_the_company() -> None:
    assert sum(person.manager is None for person in PEOPLE) == 1


@every_person
def test_every_line_of_managers_ends_at_the_head_of_the_company(person: Person) -> None:
    lines_end = BY_KEY[[person.key, *managers_above(person)][-1]]
    assert lines_end.manager is None


@every_person
def test_nobody_is_managed_by_a_leaver(person: Person) -> None:
    assert person.manager is None or BY_KEY[person.manager].active


def test_two_people_are_culture_leads() -> None:
    assert sum(person.culture_lead for person in PEOPLE) == 2


@pytest.mark.parametrize("publicity", ["ask_first", "private_only"])
def test_somebody_minds_being_written_about(publicity: str) -> None:
    assert any(person.publicity == publicity for person in PEOPLE)


def test_somebody_has_left() -> None:
    assert any(not person.active for person in PEOPLE)


def test_the_demo_sign_ins_are_people_who_can_sign_in() -> None:
    assert all(BY_KEY[sign_in.key].active for sign_in in DEMO_SIGN_INS)


def test_the_demo_sign_ins_show_a_manager_a_culture_lead_and_somebody_who_is_neither() -> None:
    managers = {person.manager for person in PEOPLE}
    kinds = [(s.key in managers, BY_KEY[s.key].culture_lead) for s in DEMO_SIGN_INS]
    assert sorted(kinds) == [(False, False), (True, False), (True, True)]
