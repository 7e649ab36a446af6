"""Reporting lines: all levels down, and round in circles."""

import pytest

from accounts.models import User
from accounts.reporting import below
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def line() -> list[User]:
    """The head, who manages the next, and so on down to the fifth."""
    people = [UserFactory()]
    for _level in range(4):
        people.append(UserFactory(manager=people[-1]))
    return people


def test_everybody_below_is_found_and_nobody_beside(line: list[User]) -> None:
    aside = UserFactory(manager=line[1])
    assert set(below([line[2].pk])) == set(line[3:])
    assert set(below([line[1].pk])) == {*line[2:], aside}
    assert not below([line[4].pk]).exists()


def test_several_lines_are_walked_at_once(line: list[User]) -> None:
    other = UserFactory(manager=UserFactory())
    assert other.manager is not None
    assert set(below([line[3].pk, other.manager.pk])) == {line[4], other}


def test_a_manager_who_left_still_links_those_above_and_below(line: list[User]) -> None:
    User.objects.filter(pk=line[2].pk).update(is_active=False)
    assert line[4] in below([line[0].pk])


def test_a_circle_ends(line: list[User]) -> None:
    User.objects.filter(pk=line[0].pk).update(manager=line[4])
    assert set(below([line[2].pk])) == set(line)


def test_nobody_is_below_nobody() -> None:
    assert not below([]).exists()
