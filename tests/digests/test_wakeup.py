"""A process that dies between its commit and the wake-up of a worker loses no copy."""

import signal
from pathlib import Path

import pytest

from accounts.models import Company, User
from stories.digests import tick as ticking
from stories.digests.models import Delivery, Edition
from stories.digests.tasks import drain_edition
from stories.models import Story
from tests import processes
from tests.digests.conftest import states

SEND_AND_DIE = """
import os, signal
import django
django.setup()
from django.db import transaction
from stories.digests.sending import send_now
with transaction.atomic():
    # First of the callbacks after the commit: the process dies before it wakes anybody.
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    send_now()
"""

CLAIM_AND_DIE = """
import os, signal
import django
django.setup()
from stories.digests.models import Delivery, Edition
edition = Edition.objects.get()
claimed = Delivery.objects.claim(edition)
claimed[0].fence(edition.version)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.django_db(transaction=True)
def test_copies_that_nobody_was_woken_for_are_found_by_the_tick(
    company: Company,
    story: Story,
    stranger: User,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed = processes.run(SEND_AND_DIE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    edition = Edition.objects.get()
    assert set(states(edition).values()) == {"pending"}

    woken: list[int] = []
    monkeypatch.setattr(ticking, "wake_on_commit", lambda task, key: woken.append(key))
    ticking.tick()
    assert woken == [edition.pk]
    drain_edition(*woken)
    assert states(edition) == dict.fromkeys(("Ana", "Priya", "Maya", "Sam"), "sent")
    assert len(list(folder.glob("*.eml"))) == 4


@pytest.mark.django_db(transaction=True)
def test_copies_of_a_killed_worker_are_taken_up_again(edition: Edition, folder: Path) -> None:
    killed = processes.run(CLAIM_AND_DIE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert set(states(edition).values()) == {"sending"}
    Delivery.objects.update(lease_until=edition.created_at)
    ticking.tick()
    assert sorted(states(edition).values()) == ["pending", "pending", "pending", "uncertain"]
