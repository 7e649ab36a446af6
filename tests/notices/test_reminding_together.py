"""The minute's reminders decide by rule in the moment in which a teller changes their mind."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction

from accounts.models import Company, ReviewPolicy, User
from stories.digests.sending import send_now
from stories.models import State, Story
from stories.notices.reminding import remind
from stories.signals import story_decided
from tests.factories import tell_story, telling

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has one writer: nobody comes between"
    ),
]

NEW = "Forty-one trips were saved"
ANOTHER_DEED = {
    "headline": "The last ferry waited",
    "what_they_did": "Persuaded the harbour master, carried luggage.",
    "difference": "A grandmother saw her island again.",
}
LATER = datetime(2040, 11, 5, 10, tzinfo=UTC)  # a Monday


@pytest.fixture
def beyond_review(
    company: Company, teller: User, nominee: User, manager: User
) -> tuple[Story, Story]:
    """Two stories of one edition; each has a change that nobody may decide about any more."""
    told = (tell_story(teller, nominee), tell_story(teller, nominee, **ANOTHER_DEED))
    assert send_now().picks.count() == len(told)
    Company.objects.update(review_policy=ReviewPolicy.REVIEW_FIRST)
    for story in told:
        story.edit(telling(headline=NEW, nominees=[nominee]), by=teller)
    User.objects.filter(pk=manager.pk).update(is_active=False)
    return told


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as pool:
        yield pool


def test_a_teller_who_holds_the_next_story_is_not_waited_for_in_a_circle(
    beyond_review: tuple[Story, Story], pool: ThreadPoolExecutor
) -> None:
    first, second = beyond_review
    is_held = Event()
    withdrawal: list[Future[None]] = []

    def withdraw() -> None:
        try:
            with transaction.atomic():
                story = Story.objects.select_for_update().get(pk=second.pk)
                is_held.set()
                story.withdraw(by=story.teller)
        finally:
            connections.close_all()

    def hold_the_next(story: Story, **kwargs: Any) -> None:
        if story == first:
            withdrawal.append(pool.submit(withdraw))
            assert is_held.wait(10)

    story_decided.connect(hold_the_next)
    try:
        with time_machine.travel(LATER):
            remind()
    finally:
        story_decided.disconnect(hold_the_next)
    withdrawal[0].result(30)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.headline, second.state) == (NEW, State.WITHDRAWN)
