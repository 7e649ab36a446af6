"""A copy is announced to the mail server while the fence looks at it: what the fence keeps is taken
back, and what the server refuses is written down only where the fence had let it through."""

import pytest

from accounts.models import DigestChoice, User
from stories.digests.batch import Batch
from stories.digests.message import Shared
from stories.digests.models import Edition, Relay, Suppression
from stories.digests.rendering import rendering_for
from tests.digests.conftest import batch_of, claimed, send, states
from tests.digests.mailserver import MailServer

ANA = "ana@company.example"
OTHERS = ["maya@company.example", "priya@company.example", "sam@company.example"]


@pytest.fixture
def batch(edition: Edition, either: MailServer) -> Batch:
    """Every copy claimed and its words rendered, before the test lets something happen."""
    return batch_of(
        edition, claimed(edition), {"en": Shared(edition, rendering_for(edition, "en"))}
    )


def test_what_the_fence_keeps_costs_the_others_nothing(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    User.objects.filter(email=ANA).update(digest=DigestChoice.OFF)
    send(batch)
    assert states(edition) == {"Ana": "skipped", "Priya": "sent", "Maya": "sent", "Sam": "sent"}
    assert either.addresses == OTHERS


def test_a_held_edition_takes_back_one_copy_and_announces_no_more(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    edition.pause(by=None, note="Wait.")
    send(batch)
    assert set(states(edition).values()) == {"pending"}
    assert either.taken == []
    assert either.lines == 1


def test_once_the_fence_lets_copies_through_again_so_does_the_line(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    first, second = (copy.address for copy in batch.left[:2])
    User.objects.filter(email__in=[first, second]).update(digest=DigestChoice.OFF)
    send(batch)
    assert sorted(states(edition).values()) == ["sent", "sent", "skipped", "skipped"]
    assert either.lines == 2


def test_a_refusal_of_what_the_fence_keeps_is_no_failure(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    either.refuse[ANA] = "550 5.1.1 Nobody"
    User.objects.filter(email=ANA).update(digest=DigestChoice.OFF)
    send(batch)
    assert states(edition)["Ana"] == "skipped"
    assert not Suppression.objects.exists()


def test_a_line_that_cannot_be_opened_again_leaves_the_others_waiting(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    User.objects.filter(email=batch.left[0].address).update(digest=DigestChoice.OFF)
    either.lines_most = 1
    send(batch)
    assert sorted(states(edition).values()) == ["pending", "pending", "retry", "skipped"]
    assert set(edition.deliveries.values_list("attempts", flat=True)) == {0}
    assert Relay.current().failures == 1
    edition.refresh_from_db()
    assert edition.paused_at is None


@pytest.mark.parametrize("reply", ["550 5.7.1 No", "450 4.2.0 Busy"])
def test_a_refusal_of_an_old_version_is_asked_again_with_the_new_one(
    batch: Batch, edition: Edition, either: MailServer, reply: str
) -> None:
    for copy in batch.left:
        either.refuse[copy.address] = reply
    edition.outdate()
    edition.refresh_from_db()
    send(batch)
    assert set(batch.copies.shared) == {"en"}
    assert batch.copies.shared["en"].version == 2
    refused = {"550 5.7.1 No": "failed", "450 4.2.0 Busy": "retry"}[reply]
    assert sorted(states(edition).values()) == sorted(["pending", *[refused] * 3])


def test_a_copy_taken_back_counts_no_attempt(
    batch: Batch, edition: Edition, either: MailServer
) -> None:
    edition.pause(by=None, note="Wait.")
    send(batch)
    assert set(edition.deliveries.values_list("attempts", flat=True)) == {0}
