"""The task rings again where a worker's minute was too short."""

from datetime import timedelta
from pathlib import Path

import pytest

from stories.digests import drain, tasks
from stories.digests.models import Edition
from stories.digests.timing import Timing
from tests.digests.conftest import states


def test_a_worker_whose_minute_is_over_hands_on(
    edition: Edition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake", lambda task, key: woken.append(key))
    monkeypatch.setattr(drain, "TIMING", Timing(shift=timedelta(0)))
    tasks.drain_edition(edition.pk)
    assert woken == [edition.pk]


def test_a_worker_with_nothing_left_rings_no_more_and_can_run_twice(
    edition: Edition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake", lambda task, key: woken.append(key))
    for _twice in range(2):
        tasks.drain_edition(edition.pk)
    assert woken == []
    assert set(states(edition).values()) == {"sent"}
    assert len(list(folder.glob("*.eml"))) == 4
