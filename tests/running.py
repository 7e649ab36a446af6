"""How `make test` runs the suite: what begins first, and how seldom rubbish is looked for."""

import gc

import pytest

# What takes longest and mostly waits begins first: the rest fills its waiting, and no worker is
# left alone with it at the end.
LONG = (
    "tests/faults/test_faults.py",
    "tests/browser/test_main_job.py",
    "tests/browser/test_desk_to_the_last_copy.py",
    "tests/kudos/test_serve.py",
    "tests/browser/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_place)


def pytest_collection_finish() -> None:
    """Thousands of tests have been collected and will stay: to go through them again and again
    takes a twentieth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _place(item: pytest.Item) -> int:
    return next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
