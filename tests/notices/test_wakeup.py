"""A process that dies between its commit and the wake-up of a worker loses no notice."""

import signal

import pytest
from django.core import mail

from accounts.models import User
from stories.models import State, Story
from stories.notices import tick
from stories.notices.models import Notice
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
