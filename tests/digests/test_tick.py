"""The minute's round: what should happen happens once, however often it is asked for."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import Company, DigestChoice, User
from stories.digests import tasks
from stories.digests import tick as ticking
from stories.digests.fanout import fan_out
from stories.digests.models import Delivery, Edition, EditionState, Heartbeat
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import claimed, coming_monday_at_nine, states
from tests.factories import UserFactory


@pytest.fixture
def due(company: Company, story: Story, stranger: User) -> datetime:
    """The coming Monday's nine o'clock in UTC, with a story to tell."""
    monday = coming_monday_at_nine()
    Story.objects.update(published_at=monday - timedelta(days=2))
    return monday


def test_on_monday_morning_everybody_gets_a_row(due: datetime) -> None:
    tick(at=due)
    edition = Edition.objects.get()
    assert edition.state == EditionState.SENDING
    assert states(edition) == dict.fromkeys(("Ana", "Priya", "Maya", "Sam"), "pending")


def test_before_monday_morning_there_is_nothing(due: datetime) -> None:
    tick(at=due - timedelta(seconds=1))
    assert not Edition.objects.exists()


def test_ticking_again_adds_nothing(due: datetime) -> None:
    tick(at=due)
    UserFactory()
    tick(at=due + timedelta(minutes=1))
    assert Edition.objects.count() == 1
    assert Delivery.objects.count() == 4


def test_fanning_out_again_adds_nothing(due: datetime) -> None:
    tick(at=due)
    before = set(Delivery.objects.values_list("pk", "message_id"))
    Edition.objects.update(state=EditionState.FROZEN)
    fan_out(Edition.objects.get())
    assert set(Delivery.objects.values_list("pk", "message_id")) == before


def test_a_fan_out_that_broke_off_is_finished(due: datetime, stranger: User) -> None:
    tick(at=due)
    Delivery.objects.filter(person=stranger).delete()
    Edition.objects.update(state=EditionState.FROZEN)
    tick(at=due)
    assert Delivery.objects.filter(person=stranger).count() == 1


def test_many_people_are_inserted_page_by_page(
    due: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.digests.fanout.PAGE", 2)
    UserFactory.create_batch(5)
    tick(at=due)
    assert Delivery.objects.count() == 9


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"digest": DigestChoice.OFF}, {"email": None}]
)
def test_who_gets_no_digest_gets_no_row(
    due: datetime, stranger: User, change: dict[str, Any]
) -> None:
    User.objects.filter(pk=stranger.pk).update(employee_id="S1", **change)
    tick(at=due)
    assert not Delivery.objects.filter(person=stranger).exists()


def test_everybody_is_due_at_their_own_nine_oclock(due: datetime, stranger: User) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="America/New_York")
    tick(at=due)
    in_new_york = due.replace(tzinfo=ZoneInfo("America/New_York"))
    assert Delivery.objects.get(person=stranger).due_at == in_new_york
    others = Delivery.objects.exclude(person=stranger)
    assert set(others.values_list("due_at", flat=True)) == {due}


def test_every_copy_has_a_message_id_of_its_own(due: datetime) -> None:
    tick(at=due)
    assert len(set(Delivery.objects.values_list("message_id", flat=True))) == 4


def test_the_round_leaves_a_heartbeat(company: Company) -> None:
    tick()
    tick()
    assert timezone.now() - Heartbeat.objects.get().at < timedelta(minutes=1)


def expired_claim(edition: Edition, **columns: Any) -> Delivery:
    """A copy whose worker died with it."""
    row = claimed(edition)[0]
    past = timezone.now() - timedelta(minutes=5)
    edition.deliveries.filter(pk=row.pk).update(lease_until=past, **columns)
    return row


def test_an_unstarted_copy_of_a_dead_worker_waits_again(edition: Edition) -> None:
    row = expired_claim(edition)
    tick()
    row.refresh_from_db()
    assert (row.state, row.claim, row.attempts) == ("pending", None, 0)
    assert row.pk in {one.pk for one in claimed(edition)}


def test_of_a_started_copy_nobody_knows(edition: Edition) -> None:
    row = expired_claim(edition, started_at=timezone.now())
    tick()
    row.refresh_from_db()
    assert (row.state, row.resends) == ("uncertain", 1)
    assert row.next_attempt_at is not None


def test_of_a_copy_started_twice_somebody_has_to_decide(edition: Edition) -> None:
    row = expired_claim(edition, started_at=timezone.now(), resends=1)
    tick()
    row.refresh_from_db()
    assert (row.state, row.next_attempt_at) == ("uncertain", None)


def test_a_living_worker_keeps_its_copies(edition: Edition) -> None:
    rows = claimed(edition)
    tick()
    assert edition.deliveries.filter(state="sending", claim=rows[0].claim).count() == 4


def test_a_copy_more_than_two_days_late_is_no_news(edition: Edition, stranger: User) -> None:
    late = timezone.now() - timedelta(hours=49)
    edition.deliveries.filter(person=stranger).update(due_at=late)
    tick()
    assert states(edition)["Sam"] == "expired"
    assert states(edition)["Ana"] == "pending"


def test_an_edition_is_sent_once_nothing_is_left_to_send(edition: Edition) -> None:
    edition.deliveries.update(state="sent", next_attempt_at=None)
    tick()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENT


def test_an_edition_with_a_retry_is_not_sent_yet(edition: Edition) -> None:
    edition.deliveries.update(state="sent", next_attempt_at=None)
    row = edition.deliveries.all()[0]
    edition.deliveries.filter(pk=row.pk).update(
        state="retry", next_attempt_at=timezone.now() + timedelta(hours=1)
    )
    tick()
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING


@pytest.mark.parametrize(("copies", "workers"), [(1, 1), (250, 1), (251, 2), (100_000, 8)])
def test_as_many_workers_are_woken_as_the_copies_keep_busy(
    copies: int, workers: int, monkeypatch: pytest.MonkeyPatch, company: Company
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake_on_commit", lambda task, key: woken.append(key))
    tasks.ring(7, copies)
    assert woken == [7] * workers


def test_the_round_wakes_a_worker_for_due_copies_alone(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake_on_commit", lambda task, key: woken.append(key))
    tick()
    assert woken == [edition.pk]
    edition.deliveries.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    tick()
    assert woken == [edition.pk]


def test_workers_that_are_at_it_are_not_woken_again(
    edition: Edition, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(tasks, "wake_on_commit", lambda task, key: woken.append(key))
    later = timezone.now() + timedelta(hours=1)
    edition.deliveries.filter(person=stranger).update(next_attempt_at=later)
    claimed(edition)
    edition.deliveries.filter(person=stranger).update(next_attempt_at=timezone.now())
    tick()
    assert woken == []


def test_a_dead_workers_claim_counts_for_nobody(edition: Edition) -> None:
    claimed(edition)
    assert ticking.at_work(edition.pk) == 1
    edition.deliveries.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert ticking.at_work(edition.pk) == 0


def test_a_claim_takes_at_most_fifty(edition: Edition) -> None:
    for person in UserFactory.create_batch(60):
        Delivery.objects.create(
            edition=edition,
            person=person,
            address=person.email or "",
            due_at=timezone.now(),
            next_attempt_at=timezone.now() - timedelta(seconds=1),
            message_id=f"<{uuid4()}@x>",
        )
    assert len(claimed(edition)) == 50
    assert len(claimed(edition)) == 14
