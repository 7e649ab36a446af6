"""Copies over a real SMTP server, and what becomes of them when it says no."""

from datetime import UTC, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import DigestChoice, History, User
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, Relay, Suppression
from stories.digests.tick import tick
from stories.digests.timing import TIMING
from stories.digests.transports import Envelope, line
from stories.models import Story
from tests.digests.conftest import coming_monday_at_nine, states
from tests.digests.mailserver import MailServer, text_of
from tests.factories import ANOTHER_DEED, tell_story

SAM = "sam@company.example"
EVERYBODY = [
    "ana@company.example",
    "maya@company.example",
    "priya@company.example",
    "sam@company.example",
]


def row_of_sam(edition: Edition) -> Delivery:
    return edition.deliveries.get(person__name="Sam Stone")


def make_due(edition: Edition) -> None:
    """Let the waits pass, the breaker's too."""
    Relay.objects.filter(open_until__isnull=False).update(
        open_until=timezone.now() - timedelta(seconds=1)
    )
    edition.deliveries.filter(next_attempt_at__isnull=False).update(
        next_attempt_at=timezone.now() - timedelta(seconds=1)
    )


def test_everybody_gets_one_copy_and_the_edition_is_sent(
    edition: Edition, server: MailServer
) -> None:
    drain(edition)
    assert server.addresses == EVERYBODY
    assert set(states(edition).values()) == {"sent"}
    edition.refresh_from_db()
    assert edition.state == "sent"


def test_the_bytes_on_the_wire_are_the_message_that_the_row_promised(
    edition: Edition, story: Story, server: MailServer
) -> None:
    drain(edition)
    message = server.message_to(SAM)
    row = row_of_sam(edition)
    edition.refresh_from_db()
    assert edition.mail_date is not None
    assert message["Message-ID"] == row.message_id
    assert message["Date"] == format_datetime(edition.mail_date.astimezone(UTC))
    assert message["To"].addresses[0].addr_spec == SAM
    assert message.defects == []
    for kind in ("plain", "html"):
        for words in (story.headline, story.what_they_did, "Priya Desai, celebrated by Ana Lima"):
            assert words in text_of(message, kind)


def test_a_line_of_one_dot_arrives_as_it_was_written(server: MailServer) -> None:
    with line() as opened:
        opened.send(
            Envelope("kudos@company.example", SAM),
            lambda: b"Subject: x\r\n\r\none\r\n.\r\n..two\r\n",
        )
    assert server.taken[0].original_content == b"Subject: x\r\n\r\none\r\n.\r\n..two\r\n"


@pytest.mark.parametrize("when", ["refuse", "refuse_data"])
def test_a_no_for_now_is_tried_again(edition: Edition, server: MailServer, when: str) -> None:
    getattr(server, when)[SAM] = "451 4.7.1 Greylisted, come back later"
    drain(edition)
    row = row_of_sam(edition)
    assert (row.state, row.code, row.attempts) == ("retry", "451 4.7.1", 1)
    assert row.next_attempt_at is not None
    wait = row.next_attempt_at - timezone.now()
    assert timedelta(seconds=40) < wait <= timedelta(seconds=72)
    getattr(server, when).clear()
    make_due(edition)
    drain(edition)
    assert server.addresses == EVERYBODY
    assert states(edition)["Sam"] == "sent"


def test_after_the_last_wait_a_no_for_now_has_failed(edition: Edition, server: MailServer) -> None:
    server.refuse[SAM] = "450 4.2.0 Busy"
    for _attempt in range(len(TIMING.retries) + 1):
        make_due(edition)
        drain(edition)
    row = row_of_sam(edition)
    assert (row.state, row.attempts) == ("failed", 6)
    assert "Busy" in row.error


@pytest.mark.parametrize("when", ["refuse", "refuse_data"])
def test_a_lasting_no_fails_that_copy_alone(
    edition: Edition, server: MailServer, when: str
) -> None:
    getattr(server, when)[SAM] = "554 5.7.1 Not here"
    drain(edition)
    assert states(edition) == {"Sam": "failed", "Ana": "sent", "Priya": "sent", "Maya": "sent"}
    assert row_of_sam(edition).code == "554 5.7.1"
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("enhanced", ["5.1.1", "5.1.10"])
def test_an_address_without_a_mailbox_is_suppressed(
    edition: Edition, server: MailServer, enhanced: str
) -> None:
    server.refuse[SAM] = f"550 {enhanced} No such mailbox"
    drain(edition)
    assert row_of_sam(edition).code == f"550 {enhanced}"
    assert Suppression.objects.get().address == SAM


def test_a_line_dropped_after_the_body_is_uncertain_and_goes_once_more(
    edition: Edition, server: MailServer
) -> None:
    server.drop.add(SAM)
    drain(edition)
    row = row_of_sam(edition)
    assert row.state == "uncertain"
    make_due(edition)
    drain(edition)
    assert states(edition)["Sam"] == "sent"
    first, second = server.message_to(SAM, 0), server.message_to(SAM, 1)
    assert first["Message-ID"] == second["Message-ID"] == row.message_id
    assert first.as_bytes() == second.as_bytes()
    assert server.addresses.count(SAM) == 2
    assert len(server.addresses) == 5


def test_a_copy_uncertain_twice_stays_so(edition: Edition, server: MailServer) -> None:
    for _twice in range(2):
        server.drop.add(SAM)
        make_due(edition)
        drain(edition)
    make_due(edition)
    drain(edition)
    assert states(edition)["Sam"] == "uncertain"
    assert server.addresses.count(SAM) == 2
    edition.refresh_from_db()
    assert edition.state == "sent"


def test_a_sender_refused_for_good_pauses_the_edition(edition: Edition, server: MailServer) -> None:
    server.refuse_sender = "553 5.7.1 You may not send from here"
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert "You may not send" in History.objects.about(edition).get(verb="pause").note


def test_a_password_refused_for_good_pauses_the_edition(
    edition: Edition, server: MailServer, settings: Any
) -> None:
    options = settings.MAILERS["digest"]["OPTIONS"]
    options |= {"username": "kudos", "password": "not this one"}
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert History.objects.about(edition).get(verb="pause").note.startswith("535 5.7.8")


def test_a_line_lost_before_the_body_costs_nobody_their_copy(
    edition: Edition, server: MailServer
) -> None:
    server.hangs_up = True
    drain(edition)
    assert sorted(states(edition).values()) == ["pending", "retry", "retry", "retry"]
    server.hangs_up = False
    make_due(edition)
    drain(edition)
    assert server.addresses == EVERYBODY


def test_a_server_that_is_down_costs_nobody_their_copy(
    edition: Edition, server: MailServer
) -> None:
    server.stop()
    drain(edition)
    assert set(states(edition).values()) == {"pending"}
    assert set(edition.deliveries.values_list("attempts", flat=True)) == {0}
    server.start()
    make_due(edition)
    drain(edition)
    assert server.addresses == EVERYBODY


def test_a_server_that_closes_the_line_ends_the_batch(edition: Edition, server: MailServer) -> None:
    server.refuse[EVERYBODY[0]] = "421 4.3.2 Closing"
    drain(edition)
    assert states(edition)["Ana"] == "retry"
    assert "sending" not in states(edition).values()
    server.refuse.clear()
    make_due(edition)
    drain(edition)
    assert server.addresses == EVERYBODY


def test_the_next_edition_skips_who_unsubscribed(
    edition: Edition, server: MailServer, stranger: User, teller: User, nominee: User
) -> None:
    drain(edition)
    User.objects.filter(pk=stranger.pk).update(digest=DigestChoice.OFF)
    tell_story(teller, nominee, **ANOTHER_DEED)
    tick(at=coming_monday_at_nine())
    assert set(states(Edition.objects.exclude(pk=edition.pk).get())) == {"Ana", "Priya", "Maya"}


def test_the_socket_gives_up_before_the_lease_does() -> None:
    assert 5 * TIMING.reply < TIMING.lease
