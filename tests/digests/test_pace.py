"""The rate limit: no faster than the relay allows, all workers together."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from accounts.models import Company
from stories.digests.drain import BATCH, claim, drain
from stories.digests.models import Edition, Relay
from tests.digests.conftest import more_readers
from tests.digests.mailserver import MailServer


def limit(**most: int) -> None:
    Company.objects.filter(pk=1).update(**most)


@pytest.mark.parametrize(
    ("second", "minute", "apart"),
    [(None, None, None), (4, None, 0.25), (None, 30, 2.0), (10, 30, 2.0), (1, 600, 1.0)],
)
def test_the_stricter_limit_says_how_far_apart_mails_leave(
    second: int | None, minute: int | None, apart: float | None
) -> None:
    interval = Company(digest_per_second=second, digest_per_minute=minute).digest_interval
    assert interval == (timedelta(seconds=apart) if apart else None)


@pytest.mark.parametrize("field", ["digest_per_second", "digest_per_minute"])
def test_a_limit_of_nothing_is_refused(company: Company, field: str) -> None:
    setattr(company, field, 0)
    with pytest.raises(ValidationError) as refused:
        company.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_four_mails_take_three_intervals_at_least(edition: Edition, server: MailServer) -> None:
    limit(digest_per_second=5)
    began = time.monotonic()
    drain(edition)
    assert len(server.taken) == 4
    assert time.monotonic() - began >= 0.6


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_one_limit(company: Company) -> None:
    interval = timedelta(seconds=10)

    def take() -> timedelta:
        try:
            return Relay.take_slot(interval, within=timedelta(hours=1)) or timedelta(0)
        finally:
            connections.close_all()

    Relay.current()
    with ThreadPoolExecutor(4) as pool:
        waits = sorted(future.result(60) for future in [pool.submit(take) for _ in range(8)])
    assert all(
        after - before > interval - timedelta(seconds=9) for before, after in pairwise(waits)
    )
    assert waits[-1] > 6 * interval


def test_a_worker_takes_no_more_than_half_a_lease_lets_out(edition: Edition) -> None:
    more_readers(edition, 60)
    limit(digest_per_minute=30)
    assert len(claim(edition, Company.current())) == 30
    assert claim(edition, Company.current()) == []


def test_without_a_limit_a_batch_is_full(edition: Edition) -> None:
    more_readers(edition, 60)
    assert len(claim(edition, Company.current())) == BATCH


def test_the_slowest_limit_still_sends_one_at_a_time(edition: Edition) -> None:
    Relay.current()
    limit(digest_per_minute=1)
    assert len(claim(edition, Company.current())) == 1
