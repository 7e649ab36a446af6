"""How `make test` runs the suite: what begins first."""

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


def _place(item: pytest.Item) -> int:
    return next((at for at, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))
