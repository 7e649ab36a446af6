"""The next copy's envelope travels with the end of the message before (RFC 2920)."""

import socket
from collections.abc import Iterator
from select import select
from threading import Thread
from typing import Any

import pytest

from accounts.models import Company
from stories.digests.drain import drain
from stories.digests.models import Edition
from stories.digests.transports import Envelope, KeptLine, line
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer

END = b"\r\n.\r\n"
ANA, MAYA, SAM = (
    Envelope("kudos@company.example", f"{name}@company.example") for name in ("ana", "maya", "sam")
)


def story() -> bytes:
    return b"Subject: x\r\n\r\nA story.\r\n"


class Listener(Thread):
    """A mail server that takes everything, and listens for a moment before it answers a message:
    `taken` are the messages, `told` what it had heard by then of what comes next, and `last` the
    last of all commands."""

    greeting = b"250-here\r\n250 PIPELINING\r\n"

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.taken: list[bytes] = []
        self.told: list[bytes] = []
        self.last = b""

    def run(self) -> None:
        self.connection, _address = self.listening.accept()
        self.heard = b""
        self.say(b"220 ready\r\n")
        while command := self.hear(b"\r\n"):
            self.last = command
            verb = command[:4].upper()
            self.say({b"EHLO": self.greeting, b"DATA": b"354 go\r\n"}.get(verb, b"250 OK\r\n"))
            if verb == b"DATA" and (message := self.hear(END)):
                self.taken.append(message)
                if select([self.connection], [], [], 0.2)[0]:
                    self.heard += self.connection.recv(4096)
                self.told.append(self.heard)
                self.say(b"250 taken\r\n")
        self.connection.close()

    def say(self, reply: bytes) -> None:
        self.connection.sendall(reply)

    def hear(self, end: bytes) -> bytes:
        """Up to this end; nothing once the line has ended."""
        while end not in self.heard:
            piece = self.connection.recv(1 << 16)
            if not piece:
                return b""
            self.heard += piece
        found, _end, self.heard = self.heard.partition(end)
        return found + end


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    listener = Listener()
    settings.MAILERS = settings.MAILERS | {
        "digest": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": listener.listening.getsockname()[1]},
        }
    }
    listener.start()
    yield listener
    listener.join(10)
    listener.listening.close()


def test_all_but_the_first_are_told_with_the_message_before(
    edition: Edition, listener: Listener
) -> None:
    drain(edition)
    *before, last = listener.told
    assert set(states(edition).values()) == {"sent"}
    assert [told.count(b"\r\n") for told in before] == [3, 3, 3]
    assert all(told.startswith(b"MAIL FROM:<") for told in before)
    assert last == b""


def test_a_server_that_takes_one_command_at_a_time_is_told_nothing_ahead(
    edition: Edition, listener: Listener
) -> None:
    listener.greeting = b"250 here\r\n"
    drain(edition)
    assert listener.told == [b""] * 4


def test_a_copy_that_waits_for_its_moment_is_not_told_ahead(
    edition: Edition, listener: Listener
) -> None:
    Company.objects.update(digest_per_second=50)
    drain(edition)
    assert listener.told == [b""] * 4


def test_a_line_that_waits_for_a_message_is_closed_without_a_goodbye(listener: Listener) -> None:
    """The server would take the goodbye for the message."""
    with line() as opened:
        opened.send(ANA, story, following=SAM)
    listener.join(10)
    assert listener.last == b"DATA\r\n"
    assert len(listener.told) == 1


def test_another_copy_than_the_one_told_goes_over_another_line(server: MailServer) -> None:
    server.pipelines = True
    with KeptLine() as kept, kept.in_use() as opened:
        opened.send(ANA, story, following=SAM)
        opened.send(MAYA, story)
        opened.send(SAM, story)
    assert server.addresses == [ANA.recipient, MAYA.recipient, SAM.recipient]
    assert server.lines == 2


def test_what_was_told_is_not_told_again(listener: Listener) -> None:
    with line() as opened:
        opened.send(ANA, story, following=SAM)
        opened.send(SAM, story)
    assert listener.taken == [story() + b".\r\n"] * 2
