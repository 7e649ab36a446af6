"""Several at once, on real connections: PostgreSQL's locks decide, and SQLite's one writer."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from stories.digests.db.lock import only_ticker
from stories.digests.drain import drain
from stories.digests.fanout import fan_out
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import coming_monday_at_nine, more_readers, states
from tests.digests.mailserver import MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once[T](work: Callable[[], T], times: int) -> list[T]:
    """Run `work` that often at the same moment, each in a thread with a connection of its own."""
    barrier = Barrier(times)

    def run() -> T:
        barrier.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run) for _ in range(times)]]


@pytest.fixture
def crowd(edition: Edition) -> Edition:
    """The edition with sixty more readers, all due."""
    more_readers(edition, 60)
    return edition


def test_two_drains_at_once_send_one_copy_each(crowd: Edition, server: MailServer) -> None:
    at_once(lambda: drain(Edition.objects.get()), 3)
    while "pending" in states(crowd).values():
        drain(crowd)
    assert len(server.addresses) == 64
    assert len(set(server.addresses)) == 64
    assert set(crowd.deliveries.values_list("state", flat=True)) == {"sent"}


def test_two_ticks_at_once_make_one_edition(company: Company, story: Story, stranger: User) -> None:
    at = coming_monday_at_nine()
    at_once(lambda: tick(at=at), 3)
    assert Edition.objects.count() == 1
    assert Delivery.objects.count() == User.objects.count() == 4


def test_four_fan_outs_at_once_add_nothing(crowd: Edition) -> None:
    Delivery.objects.all().delete()
    Edition.objects.update(state=EditionState.FROZEN)
    at_once(lambda: fan_out(Edition.objects.get()), 4)
    assert Delivery.objects.count() == User.objects.count()


def test_a_second_ticker_is_turned_away(company: Company) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the second ticker waits its turn: it has one writer")

    def try_lock() -> bool:
        with only_ticker() as alone:
            return alone

    with only_ticker() as alone:
        assert alone
        assert at_once(try_lock, 1) == [False]
    assert at_once(try_lock, 1) == [True]


def test_a_story_taken_away_while_its_copies_leave_is_in_none_fenced_after(
    crowd: Edition, story: Story, server: MailServer
) -> None:
    def withdraw() -> None:
        Story.objects.get(pk=story.pk).withdraw(by=story.teller)

    def work() -> None:
        drain(Edition.objects.get())

    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    works = iter([withdraw, work])
    at_once(lambda: next(works)(), 2)
    while "pending" in states(crowd).values():
        drain(crowd)
    old = [e for e in server.taken if b"kayak" in bytes(e.original_content or b"")]
    assert len(server.addresses) == 64
    assert len(old) == crowd.deliveries.filter(version=1).count()
