"""The proof table in small: every fault once, as `make faults` plays it at any size."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from tests.engines import IS_CI
from tests.faults.databases import template
from tests.faults.processes import BrokenError, find
from tests.faults.run import FAULTS, run

RECIPIENTS = 2000
NEEDED = {"postgres": ["redis-server", "initdb"]}


@pytest.fixture(scope="session")
def empty_database() -> Iterator[str]:
    with template() as name:
        yield name


def skip_without(program: str) -> None:
    """The services may be on another machine; a fault needs some that it can stop on this one."""
    try:
        find(program)
    except BrokenError as error:
        if IS_CI:
            raise
        pytest.skip(str(error))


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="what several machines promise together is shown on PostgreSQL and Redis",
)
@pytest.mark.parametrize(
    "fault",
    [
        # Two at a time, whatever the number of workers: each starts a dozen programs, and some of
        # them must not be slow.
        pytest.param(fault, marks=pytest.mark.xdist_group(f"faults {at % 2}"))
        for at, fault in enumerate(FAULTS)
    ],
)
def test_nothing_is_lost_and_nothing_sent_twice_beyond_the_bound(
    fault: str, empty_database: str
) -> None:
    for program in NEEDED.get(fault, ["redis-server"]):
        skip_without(program)
    line = run(fault, 1, RECIPIENTS, template=empty_database)
    assert line.is_ok, line
