"""Updates that are under way while the process goes on."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.models import F

from stories.digests.db.ahead import Ahead
from stories.digests.db.prepared import PreparedUpdate, slot
from stories.digests.models import Relay

pytestmark = pytest.mark.django_db(transaction=True)

COUNTING = PreparedUpdate(
    "test_counting",
    Relay.objects.filter(failures=slot(Relay, "failures")),
    failures=F("failures") + 1,
)
# The table allows a single row, of key 1.
BREAKING = PreparedUpdate("test_breaking", Relay.objects.filter(pk=slot(Relay, "id")), id=2)


class Interruption(BaseException):
    """Such as Ctrl-C, for which psycopg itself would call off what is under way."""


@pytest.fixture(autouse=True)
def relay(db: None) -> Relay:
    return Relay.current()


def failures() -> int:
    return Relay.objects.get().failures


def test_each_sees_what_the_one_before_it_did() -> None:
    with Ahead() as ahead:
        asked = [ahead.begin(COUNTING, failures=number) for number in (0, 1, 7, 2)]
    assert [one.rows() for one in asked] == [1, 1, 0, 1]
    assert failures() == 3


def test_asking_for_one_waits_for_those_before_it() -> None:
    ahead = Ahead()
    first = ahead.begin(COUNTING, failures=0)
    assert ahead.begin(COUNTING, failures=1).rows() == 1
    assert first.rows() == 1
    assert failures() == 2


def test_one_that_fails_takes_neither_its_neighbours_nor_the_connection_along() -> None:
    ahead = Ahead()
    before = ahead.begin(COUNTING, failures=0)
    with pytest.raises(DatabaseError):  # noqa: PT012
        broken = ahead.begin(BREAKING, id=1)
        after = ahead.begin(COUNTING, failures=1)
        ahead.settle()
    assert failures() >= 1
    if connection.vendor == "postgresql":
        assert before.rows() == after.rows() == 1
        with pytest.raises(DatabaseError):
            broken.rows()


def test_what_is_put_off_happens_before_what_is_begun_next() -> None:
    ahead = Ahead()
    ahead.put_off(COUNTING, failures=0)
    assert failures() == 0
    assert ahead.begin(COUNTING, failures=1).rows() == 1
    assert failures() == 2


def test_what_is_put_off_last_happens_all_the_same() -> None:
    with Ahead() as ahead:
        ahead.put_off(COUNTING, failures=0)
    assert failures() == 1


def test_another_connection_keeps_statements_of_its_own() -> None:
    for number in range(2):
        with Ahead() as ahead:
            ahead.begin(COUNTING, failures=number)
        connection.close()
    assert failures() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite leaves nothing under way")
def test_an_interruption_gives_the_connection_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = Ahead()
    ahead.begin(COUNTING, failures=0)
    second = ahead.begin(COUNTING, failures=1)

    def interrupted(*_words: object) -> None:
        raise Interruption

    with monkeypatch.context() as patch:
        patch.setattr("stories.digests.db.ahead.generators.fetch_many", interrupted)
        with pytest.raises(Interruption):
            ahead.settle()
    with pytest.raises(OperationalError):
        second.rows()
    connection.close()
    assert failures() == 2


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite leaves nothing under way")
def test_what_cannot_be_asked_leaves_no_half_on_the_line() -> None:
    class Unsayable:
        def __str__(self) -> str:
            raise Interruption

    with pytest.raises(Interruption):
        Ahead().begin(COUNTING, failures=Unsayable())
    connection.close()
    with Ahead() as ahead:
        assert ahead.begin(COUNTING, failures=0).rows() == 1
    assert failures() == 1
