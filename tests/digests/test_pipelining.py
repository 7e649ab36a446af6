"""MAIL, RCPT and DATA sent at once, to a server that says it can: the same outcomes."""

import socket
from threading import Thread
from typing import Any

import pytest

from stories.digests.drain import drain
from stories.digests.models import Edition, Relay
from stories.digests.transports import Envelope, line
from stories.digests.transports.errors import RefusedError
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer

ANA = "ana@company.example"
TO_ANA = Envelope("kudos@company.example", ANA)
STORY = b"Subject: x\r\n\r\nA story.\r\n"


def test_everybody_gets_one_copy(edition: Edition, either: MailServer) -> None:
    drain(edition)
    assert len(either.addresses) == len(set(either.addresses)) == 4
    assert set(states(edition).values()) == {"sent"}


@pytest.mark.parametrize(
    ("reply", "state"), [("550 5.1.1 Nobody", "failed"), ("450 4.2.0 Busy", "retry")]
)
def test_a_refused_recipient_costs_the_others_nothing(
    edition: Edition, either: MailServer, reply: str, state: str
) -> None:
    either.refuse[ANA] = reply
    drain(edition)
    assert states(edition) == {"Ana": state, "Priya": "sent", "Maya": "sent", "Sam": "sent"}
    assert len(either.taken) == 3


@pytest.mark.parametrize(
    ("reply", "state"), [("554 5.6.0 Not this", "failed"), ("451 4.3.0 Not now", "retry")]
)
def test_a_refused_message_costs_the_others_nothing(
    edition: Edition, either: MailServer, reply: str, state: str
) -> None:
    """The next copy may have been announced by then."""
    either.refuse_data[ANA] = reply
    drain(edition)
    assert states(edition) == {"Ana": state, "Priya": "sent", "Maya": "sent", "Sam": "sent"}
    assert either.lines == 1


def test_a_refused_sender_pauses_the_edition(edition: Edition, either: MailServer) -> None:
    either.refuse_sender = "553 5.7.1 Not from here"
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert either.taken == []


def test_a_yes_that_is_none_of_those_for_a_recipient_sends_them_nothing(
    edition: Edition, either: MailServer
) -> None:
    """The end of DATA would be an empty message to somebody."""
    either.refuse[ANA] = "252 2.5.0 Perhaps"
    drain(edition)
    assert states(edition) == {"Ana": "retry", "Priya": "sent", "Maya": "sent", "Sam": "sent"}
    assert len(either.taken) == 3
    assert all(taken.content for taken in either.taken)


def test_a_line_closed_at_the_recipient_opens_the_breaker(
    edition: Edition, either: MailServer
) -> None:
    either.refuse[ANA] = "421 4.3.2 Closing"
    drain(edition)
    assert Relay.current().is_open
    assert states(edition)["Ana"] == "retry"


def test_a_line_dropped_after_the_body_is_uncertain(edition: Edition, either: MailServer) -> None:
    either.drop.add(ANA)
    drain(edition)
    assert states(edition)["Ana"] == "uncertain"


def go_ahead_without_a_recipient(listening: socket.socket, heard: list[bytes]) -> None:
    """One line of a server that says 354 to DATA though it has refused the recipient."""
    connection, _address = listening.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 ready\r\n")
        for command in lines:
            heard.append(command.strip())
            connection.sendall(ANSWERS.get(command[:4].upper(), b"250 OK\r\n"))


ANSWERS = {
    b"EHLO": b"250-here\r\n250 PIPELINING\r\n",
    b"RCPT": b"550 5.1.1 Nobody\r\n",
    b"DATA": b"354 Go ahead\r\n",
    b".\r\n": b"554 5.5.1 No valid recipients\r\n",
    b"QUIT": b"221 Bye\r\n",
}


def test_a_server_that_goes_ahead_without_a_recipient_gets_nothing_for_nobody(
    settings: Any,
) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        settings.MAILERS = settings.MAILERS | {
            "digest": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": listening.getsockname()[1]},
            }
        }
        serving = Thread(target=go_ahead_without_a_recipient, args=(listening, heard))
        serving.start()
        with line() as opened, pytest.raises(RefusedError) as refused:
            opened.send(TO_ANA, lambda: STORY)
        serving.join(10)
    assert refused.value.has_no_mailbox
    assert b"A story." not in heard
    assert heard[-3:] == [b".", b"rset", b"quit"]
