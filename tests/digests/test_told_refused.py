"""What becomes of a copy whose envelope went with the end of the message before: Ana's is first,
and Maya's is the one that is told ahead."""

from collections.abc import Callable
from email import message_from_bytes, policy
from typing import Any

import pytest

from accounts.models import DigestChoice, User
from stories.digests.copies import Copies
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, Relay, Suppression
from stories.digests.transports.smtp import SmtpLine
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer

MAYA = "maya@company.example"
ALL_SENT = {"Ana": "sent", "Maya": "sent", "Priya": "sent", "Sam": "sent"}


@pytest.fixture
def after_the_first(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Let something happen once Ana's copy is away, and Maya's told."""

    def arrange(happen: Callable[[], Any]) -> None:
        send = SmtpLine.send
        happenings = [happen]

        def send_and_go_on(*words: Any) -> bool:
            is_sent = send(*words)
            while happenings:
                happenings.pop()()
            return is_sent

        monkeypatch.setattr(SmtpLine, "send", send_and_go_on)

    return arrange


def everybody_got_their_own(server: MailServer) -> bool:
    """Each message whole, to whom it is for, under the Message-ID of their row."""
    for taken in server.taken:
        message = message_from_bytes(bytes(taken.original_content or b""), policy=policy.default)
        [address] = taken.rcpt_tos
        assert message.keys()[0] == "To"
        assert message["To"].addresses[0].addr_spec == address
        assert message["Message-ID"] == Delivery.objects.get(address=address).message_id
    return True


@pytest.mark.parametrize(
    ("reply", "state"), [("550 5.1.1 Nobody", "failed"), ("450 4.2.0 Busy", "retry")]
)
@pytest.mark.parametrize("where", ["refuse", "refuse_data"])
def test_its_refusal_costs_the_others_nothing(
    edition: Edition, at_once: MailServer, where: str, reply: str, state: str
) -> None:
    getattr(at_once, where)[MAYA] = reply
    drain(edition)
    assert states(edition) == ALL_SENT | {"Maya": state}
    assert everybody_got_their_own(at_once)
    assert at_once.lines == 1


def test_it_goes_after_a_message_that_was_refused(edition: Edition, at_once: MailServer) -> None:
    at_once.refuse_data["ana@company.example"] = "554 5.6.0 Not this"
    drain(edition)
    assert states(edition) == ALL_SENT | {"Ana": "failed"}
    assert everybody_got_their_own(at_once)


def test_a_line_that_is_closed_at_it_is_opened_once_more(
    edition: Edition, at_once: MailServer
) -> None:
    at_once.refuse[MAYA] = "421 4.3.2 Closing"
    drain(edition)
    assert states(edition)["Maya"] == "retry"
    assert Relay.current().is_open
    assert at_once.lines == 2


@pytest.mark.parametrize(
    ("happen", "state"),
    [
        (lambda: User.objects.filter(email=MAYA).update(digest=DigestChoice.OFF), "skipped"),
        (lambda: Suppression.objects.suppress(MAYA, "5.1.1 Nobody"), "skipped"),
    ],
    ids=["unsubscribed", "suppressed"],
)
def test_what_the_fence_keeps_of_it_is_not_sent_and_costs_one_line(
    edition: Edition,
    at_once: MailServer,
    after_the_first: Callable[[Callable[[], Any]], None],
    happen: Callable[[], Any],
    state: str,
) -> None:
    after_the_first(happen)
    drain(edition)
    assert states(edition) == ALL_SENT | {"Maya": state}
    assert everybody_got_their_own(at_once)
    assert MAYA not in at_once.addresses
    assert at_once.lines == 2


def test_whoever_has_another_address_by_then_gets_it_there(
    edition: Edition,
    at_once: MailServer,
    after_the_first: Callable[[Callable[[], Any]], None],
) -> None:
    after_the_first(lambda: User.objects.filter(email=MAYA).update(email="rao@company.example"))
    drain(edition)
    assert states(edition) == ALL_SENT
    assert everybody_got_their_own(at_once)
    assert "rao@company.example" in at_once.addresses
    assert MAYA not in at_once.addresses


def test_a_held_edition_takes_it_back(
    edition: Edition,
    at_once: MailServer,
    after_the_first: Callable[[Callable[[], Any]], None],
) -> None:
    after_the_first(lambda: edition.pause(by=None, note="Wait."))
    drain(edition)
    assert sorted(states(edition).values()) == ["pending", "pending", "pending", "sent"]
    assert at_once.addresses == ["ana@company.example"]


def test_an_edition_that_changed_is_sent_as_it_is_now(
    edition: Edition,
    at_once: MailServer,
    after_the_first: Callable[[Callable[[], Any]], None],
) -> None:
    after_the_first(lambda: Edition.objects.get(pk=edition.pk).outdate())
    drain(edition)
    assert states(edition) == ALL_SENT
    assert everybody_got_their_own(at_once)
    edition.refresh_from_db()
    later = edition.deliveries.exclude(person__name="Ana Lima")
    assert set(later.values_list("version", flat=True)) == {edition.version}
    assert at_once.lines == 1


def test_a_copy_that_cannot_be_made_is_not_told(
    edition: Edition, at_once: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_for = Copies.copy_for

    def fail_for_maya(copies: Copies, delivery: Delivery, shared: Any) -> bytes:
        if delivery.address == MAYA:
            raise KeyError("no such thing")
        return copy_for(copies, delivery, shared)

    monkeypatch.setattr(Copies, "copy_for", fail_for_maya)
    drain(edition)
    assert states(edition) == ALL_SENT | {"Maya": "failed"}
    assert at_once.lines == 1
