"""What is queued: tasks that keep out of the way of notices, of the tick and of each other."""

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.models import Company
from kudos.celery import app
from kudos.celery import tick as minute
from stories.digests import drain, tasks
from stories.digests.models import Edition, Heartbeat
from stories.digests.timing import TIMING, Timing
from tests.digests.conftest import states
from tests.factories import UserFactory


def test_a_worker_whose_shift_is_over_makes_room(
    edition: Edition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = UserFactory.create_batch(60)
    [some, *_others] = edition.deliveries.all()
    for person in more:
        some.pk, some.person, some.address = None, person, person.email or ""
        some.save()
    queued: list[object] = []
    monkeypatch.setattr(tasks.drain_edition, "apply_async", lambda *a, **k: queued.append(a))
    monkeypatch.setattr(drain, "TIMING", Timing(shift=timedelta(0)))
    tasks.drain_edition(edition.pk)
    assert queued == [((edition.pk,),)]
    assert edition.deliveries.filter(state="sent").count() == 50
    assert edition.deliveries.filter(state="pending").count() == 14


def test_a_worker_with_nothing_left_can_run_twice(edition: Edition, folder: Path) -> None:
    for _twice in range(2):
        tasks.drain_edition(edition.pk)
    assert set(states(edition).values()) == {"sent"}
    assert len(list(folder.glob("*.eml"))) == 4


def test_a_shift_ends_before_the_next_tick_and_a_task_that_waited_so_long_is_dropped() -> None:
    assert TIMING.shift < TIMING.tick
    assert tasks.drain_edition.expires == TIMING.shift.total_seconds()


def test_a_tick_that_waited_until_the_next_is_dropped() -> None:
    assert app.conf.beat_schedule["tick"]["options"] == {"expires": TIMING.tick.total_seconds()}


def break_off() -> None:
    raise RuntimeError("This half is broken.")


def test_a_broken_look_for_notices_does_not_stop_the_digest(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("stories.notices.tick.tick", break_off)
    minute()
    assert Heartbeat.objects.exists()
    assert "This half is broken." in caplog.text


def test_a_broken_digest_does_not_stop_notices(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr("stories.digests.tick.tick", break_off)
    monkeypatch.setattr("stories.notices.tick.tick", lambda: went.append("notices"))
    minute()
    assert went == ["notices"]
