"""A process that dies between its commit and the wake-up of a worker loses no notice."""

import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from kudos.lib.wake import wake_on_commit
from stories.models import State, Story
from stories.notices import tick
from stories.notices.models import Notice
from stories.notices.models import State as NoticeState
from stories.notices.tasks import send_notices
from tests import processes
from tests.factories import draft_story

SUBMIT_AND_DIE = """
import os, signal, sys
import django
django.setup()
from django.db import transaction
from stories.models import Story
story = Story.objects.get(ref=sys.argv[1])
with transaction.atomic():
    # First of the callbacks after the commit: the process dies before it wakes anybody.
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    story.submit(by=story.teller)
"""

SUBMIT = """
import sys
import django
django.setup()
from stories.models import Story
story = Story.objects.get(ref=sys.argv[1])
story.submit(by=story.teller)
"""

WAKE_LATER = """
import sys
from datetime import timedelta
import django
django.setup()
from kudos.lib.wake import wake
from stories.notices.tasks import send_notices
wake(send_notices, wait=timedelta(seconds=float(sys.argv[1])))
"""


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_nobody_was_woken_for_is_found_by_the_tick(
    teller: User, nominee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = draft_story(teller, nominee)
    killed = processes.run(SUBMIT_AND_DIE, story.ref)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Story.objects.get(pk=story.pk).state == State.PUBLISHED
    assert Notice.objects.get().person == nominee

    woken: list[object] = []
    monkeypatch.setattr(tick, "wake", woken.append)
    tick.tick()
    assert woken == [tick.send_notices]
    tick.send_notices()
    assert [message.to for message in mail.outbox] == [[nominee.email]]
    tick.tick()
    assert len(woken) == 1


@pytest.mark.django_db(transaction=True)
def test_publishing_survives_a_broker_that_is_down(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee)
    submitted = processes.run(SUBMIT, story.ref, REDIS_URL="redis://127.0.0.1:1/0")
    assert submitted.returncode == 0, submitted.stderr
    assert "No wake-up for notices.send" in submitted.stderr
    assert Story.objects.get(pk=story.pk).state == State.PUBLISHED
    assert Notice.objects.get().state == "pending"


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_when_a_notice_is_due_and_not_before(
    story: Story, tmp_path: Path
) -> None:
    wait = timedelta(seconds=5)
    own = {"REDIS_URL": "", "EMAIL_URL": "", "KUDOS_HOME": str(tmp_path)}
    Notice.objects.update(next_attempt_at=Now() + wait)
    # Nobody wakes anybody a second time: woken too soon, the worker would find nothing to send.
    woken = processes.run(WAKE_LATER, str(wait.total_seconds()), **own)
    assert woken.returncode == 0, woken.stderr
    with processes.Started() as started:
        started.celery("worker", "--pool", "solo", "--without-mingle", **own)
        sent = Notice.objects.filter(state=NoticeState.SENT)
        processes.wait_until(sent.exists, seconds=30)


@pytest.mark.django_db(transaction=True)
def test_a_wake_up_waits_from_the_commit_on(monkeypatch: pytest.MonkeyPatch) -> None:
    queued: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        send_notices, "apply_async", lambda args, countdown: queued.append((args, countdown))
    )
    with transaction.atomic():
        wake_on_commit(send_notices)
        wake_on_commit(send_notices, wait=timedelta(seconds=15))
        assert queued == []
    assert queued == [((), 0), ((), 15)]
