"""The proof table in small: every fault once, as `make faults` plays it at any size."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.faults.databases import template
from tests.faults.run import FAULTS, run

RECIPIENTS = 2000


@pytest.fixture(scope="session")
def empty_database() -> Iterator[str]:
    with template() as name:
        yield name


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="what several machines promise together is shown on PostgreSQL and Redis",
)
@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_and_nothing_sent_twice_beyond_the_bound(
    fault: str, empty_database: str
) -> None:
    line = run(fault, 1, RECIPIENTS, template=empty_database)
    assert line.is_ok, line
