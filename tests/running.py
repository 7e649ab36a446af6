"""How `make test` runs the suite: what begins first, and what coverage looks at."""

from collections.abc import Generator

import pytest
from coverage import Coverage
from django.db import connection

# What takes longest and mostly waits begins first: the rest fills its waiting, and no worker is
# left alone with it at the end.
LONG = (
    "tests/faults/test_faults.py",
    "tests/browser/test_main_job.py",
    "tests/browser/test_desk_to_the_last_copy.py",
    "tests/kudos/test_serve.py",
    "tests/browser/",
)
# The tests of what differs between the engines: the rooms `db/`, search, locks, and a queue that
# is down. Tracing makes a test half as slow again, and SQLite's run traces all of them.
DIFFERENT = (
    "tests/accounts/test_people.py",
    "tests/stories/test_feed.py",
    "tests/stories/test_search.py",
    "tests/stories/test_similar.py",
    "tests/digests/test_ahead.py",
    "tests/digests/test_announced.py",
    "tests/digests/test_concurrency.py",
    "tests/digests/test_desk_together.py",
    "tests/digests/test_fence.py",
    "tests/digests/test_freeze.py",
    "tests/digests/test_tick.py",
    "tests/digests/test_wakeup.py",
    "tests/notices/test_wakeup.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    return next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    coverage = Coverage.current()
    if not coverage or connection.vendor == "sqlite" or item.nodeid.startswith(DIFFERENT):
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        coverage.start()
