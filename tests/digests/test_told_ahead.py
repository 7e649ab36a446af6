"""The next copy's envelope travels with the end of the message before (RFC 2920)."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from select import select
from threading import Event, Thread
from typing import Any

import pytest

from accounts.models import Company
from stories.digests.drain import drain
from stories.digests.models import Edition
from stories.digests.timing import Timing
from stories.digests.transports import Envelope, KeptLine, line, smtp
from stories.digests.transports.errors import UnreachableError
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
    last of all commands. With `discards` it throws away what it heard then."""

    greeting = b"250-here\r\n250 PIPELINING\r\n"
    welcome = b"250 OK\r\n"
    discards = False

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.taken: list[bytes] = []
        self.told: list[bytes] = []
        self.last = b""
        self.is_over = Event()

    def run(self) -> None:
        with suppress(OSError):
            while True:
                self.connection, _address = self.listening.accept()
                with self.connection, suppress(ConnectionError):
                    self.serve()
                self.is_over.set()

    def serve(self) -> None:
        self.heard = b""
        self.say(b"220 ready\r\n")
        while command := self.hear(b"\r\n"):
            verb = command[:4].upper()
            self.last = verb
            self.say(self.answers().get(verb, b"250 OK\r\n"))
            if verb == b"DATA" and (message := self.hear(END)):
                self.take(message)

    def answers(self) -> dict[bytes, bytes]:
        return {b"EHLO": self.greeting, b"RCPT": self.welcome, b"DATA": b"354 go\r\n"}

    def take(self, message: bytes) -> None:
        if select([self.connection], [], [], 0.2)[0]:
            self.heard += self.connection.recv(4096)
        self.taken.append(message)
        self.told.append(self.heard)
        if self.discards:
            self.heard = b""
        self.say(b"250 taken\r\n")

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

    def stop(self) -> None:
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.join(10)


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
    listener.stop()


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
    assert listener.is_over.wait(10)
    assert listener.last in {b"MAIL", b"RCPT", b"DATA"}
    assert len(listener.taken) == 1


def test_so_is_one_that_may_wait_for_a_message(listener: Listener) -> None:
    """It says to a recipient what is neither a yes nor a no."""
    listener.welcome = b"252 2.5.0 Perhaps\r\n"
    with line() as opened, pytest.raises(UnreachableError):
        opened.send(ANA, story)
    assert listener.is_over.wait(10)
    assert listener.last != b"QUIT"
    assert listener.taken == []


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


def test_a_server_that_does_not_hear_what_it_is_told_is_told_no_more(
    edition: Edition, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It costs one copy one attempt that does not count, and the others nothing."""
    monkeypatch.setattr(smtp, "TIMING", Timing(reply=timedelta(seconds=1)))
    listener.discards = True
    drain(edition)
    assert states(edition) == {"Ana": "sent", "Maya": "retry", "Priya": "sent", "Sam": "sent"}
    assert [told.count(b"DATA") for told in listener.told] == [1, 0, 0]
    assert edition.deliveries.get(person__name="Maya Rao").attempts == 0
