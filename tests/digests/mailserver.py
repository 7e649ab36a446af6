"""A real SMTP server for tests, with a will of its own."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class MailServer:
    """Takes what it is sent, unless told otherwise for an address or for the sender."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.refuse: dict[str, str] = {}
        self.refuse_data: dict[str, str] = {}
        self.refuse_sender = ""
        self.drop: set[str] = set()
        self.hangs_up = False
        # After so many messages over one line it says this, or hangs up without a word.
        self.messages_a_line: int | None = None
        self.enough = "421 4.7.0 Too many messages in this session"
        # How many connections said hello, and how many may before others are put off.
        self.lines = 0
        self.lines_most = 1000
        # Whether it says that it takes commands at once; it does so in any case.
        self.pipelines = False
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])

    def start(self) -> None:
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            auth_require_tls=False,
            authenticator=lambda *_words: AuthResult(success=False, handled=False),
        )
        self.controller.start()

    def stop(self) -> None:
        self.controller.stop()

    async def handle_EHLO(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        self.lines += 1
        if self.lines > self.lines_most:
            return ["450 4.3.2 Not now"]
        # The first line is the greeting: it announces nothing.
        greeting, *extensions = responses
        return [greeting, *(["250-PIPELINING"] if self.pipelines else []), *extensions]

    async def handle_HELO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str
    ) -> str:
        return "450 4.3.2 Not now"

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hangs_up:
            server.transport.abort()
        if self.messages_a_line == getattr(session, "messages", 0):
            return self._end_line(server)
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = "250 OK"
        if address in self.refuse:
            reply = self.refuse[address]
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        if address in self.refuse_data:
            return self.refuse_data[address]
        self.taken.append(envelope)
        session.messages = getattr(session, "messages", 0) + 1
        if address in self.drop:
            self.drop.remove(address)
            server.transport.abort()
        return "250 OK"

    def _end_line(self, server: SMTP) -> str:
        if not self.enough:
            server.transport.abort()
        return self.enough

    @property
    def addresses(self) -> list[str]:
        return sorted(address for envelope in self.taken for address in envelope.rcpt_tos)

    def message_to(self, address: str, which: int = 0) -> EmailMessage:
        return [
            message_from_bytes(bytes(envelope.original_content or b""), policy=policy.default)
            for envelope in self.taken
            if address in envelope.rcpt_tos
        ][which]


def text_of(message: EmailMessage, kind: str = "plain") -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())
