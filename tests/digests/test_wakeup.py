"""A process that dies between its commit and the wake-up of a worker loses no copy."""

import signal
from pathlib import Path

import pytest

from accounts.models import Company, User
from stories.digests import tasks
from stories.digests import tick as ticking
from stories.digests.models import Delivery, Edition, EditionState
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

SEND_FROM_THE_DESK_AND_DIE = """
import os, signal
import django
django.setup()
from django.db import transaction
from accounts.models import User
from stories.digests.desk.departing import departure, send_now
from stories.digests.desk.planning import next_edition
edition = next_edition()
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    lead = User.objects.get(is_culture_lead=True)
    send_now(edition, agreed=departure(edition).agreed, by=lead)
"""

DIE_WHILE_COPIES_ARE_MADE = """
import os, signal
import django
django.setup()
from stories.digests import fanout
from stories.digests.models import Edition
from stories.digests.tasks import depart_edition
# The rows are inserted, and nothing is committed.
fanout.insert_tokens = lambda people: os.kill(os.getpid(), signal.SIGKILL)
depart_edition(Edition.objects.get().pk)
"""

CLAIM_AND_DIE = """
import os, signal
import django
django.setup()
from stories.digests.models import Edition
from stories.digests.models.claiming import take
edition = Edition.objects.get()
claimed = take(edition)
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
    monkeypatch.setattr(tasks, "wake_on_commit", lambda task, key: woken.append(key))
    ticking.tick()
    assert woken == [edition.pk]
    drain_edition(*woken)
    assert states(edition) == dict.fromkeys(("Ana", "Priya", "Maya", "Sam"), "sent")
    assert len(list(folder.glob("*.eml"))) == 4


@pytest.mark.django_db(transaction=True)
def test_an_edition_that_the_desk_sent_and_nobody_was_woken_for_is_found_by_the_tick(
    company: Company, story: Story, stranger: User, culture_lead: User, folder: Path
) -> None:
    killed = processes.run(SEND_FROM_THE_DESK_AND_DIE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    edition = Edition.objects.get()
    assert (edition.state, edition.is_departing) == (EditionState.FROZEN, True)
    assert not edition.deliveries.exists()
    assert_everybody_gets_one(edition, folder)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_it_makes_the_copies_loses_none(
    company: Company, story: Story, stranger: User, culture_lead: User, folder: Path
) -> None:
    processes.run(SEND_FROM_THE_DESK_AND_DIE)
    killed = processes.run(DIE_WHILE_COPIES_ARE_MADE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    edition = Edition.objects.get()
    assert edition.is_departing
    assert not edition.deliveries.exists()
    assert_everybody_gets_one(edition, folder)


def assert_everybody_gets_one(edition: Edition, folder: Path) -> None:
    """Once the tick and then a worker have come round, twice each."""
    for _twice in range(2):
        ticking.tick()
        drain_edition(edition.pk)
    people = ("Ana", "Priya", "Maya", "Sam", "Cora")
    assert states(edition) == dict.fromkeys(people, "sent")
    assert len(list(folder.glob("*.eml"))) == len(people)
    assert Edition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_copies_of_a_killed_worker_are_taken_up_again(edition: Edition, folder: Path) -> None:
    killed = processes.run(CLAIM_AND_DIE)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert set(states(edition).values()) == {"sending"}
    Delivery.objects.update(lease_until=edition.created_at)
    ticking.tick()
    assert sorted(states(edition).values()) == ["pending", "pending", "pending", "uncertain"]
