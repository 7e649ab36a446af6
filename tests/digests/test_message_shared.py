"""The shared parts of an edition make copies for many readers, and none gets another's words."""

import pytest

from accounts.models import User
from stories.digests.models import Edition
from stories.digests.personal import Reader
from stories.models import CustomerGroup
from tests.digests.copies import parsed, reader, shared_parts
from tests.digests.mailserver import text_of
from tests.factories import DepartmentFactory

OWN = ("You are celebrated", "is from your department", "Your customers were looked after")


@pytest.fixture
def readers(nominee: User, manager: User, suppliers: CustomerGroup) -> list[Reader]:
    """One who is celebrated, a colleague of theirs, one whose customers were served, and one whom
    nothing in it is about; with a department and without."""
    serving = DepartmentFactory(name="Buying")
    suppliers.served_by.add(serving)
    theirs, elsewhere = manager.department_id, DepartmentFactory(name="Far away").pk
    return [
        reader(person=nominee.pk, department=theirs, name="Priya"),
        reader(person=nominee.pk, department=None),
        reader(person=manager.pk, department=theirs, name="Lena"),
        reader(department=serving.pk),
        reader(department=elsewhere),
        reader(),
    ]


@pytest.mark.parametrize("step", [1, -1])
def test_a_copy_is_the_same_whoever_got_theirs_before(
    edition: Edition, readers: list[Reader], step: int
) -> None:
    shared = shared_parts(edition)
    copies = [shared.copy_for(one) for one in readers[::step]]
    assert copies == [shared_parts(edition).copy_for(one) for one in readers[::step]]


def test_there_are_four_things_that_can_be_said_to_them(
    edition: Edition, readers: list[Reader]
) -> None:
    shared = shared_parts(edition)
    texts = [text_of(parsed(shared.copy_for(one))) for one in readers]
    assert [[said in text for said in OWN] for text in texts] == [
        [True, False, False],
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [False, False, False],
        [False, False, False],
    ]
