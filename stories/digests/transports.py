"""Handing a finished copy over: by SMTP, into a file, or through a provider's API.

One protocol, three small classes; `line()` opens the one that the `digest` mailer calls for. Every
failure is one of the exceptions here, so that what follows is decided in one place.
"""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from typing import Any, Protocol, cast

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from kudos.lib.mail import EmlBackend
from stories.digests.timing import TIMING

ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")
NO_SUCH_MAILBOX = {"5.1.1", "5.1.10"}
CLOSING = 421
UNAUTHORISED = {401, 403}
TOO_MANY = 429


class RefusedError(Exception):
    """The server's own "no", to one message: a reply code and its text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        found = ENHANCED.match(text)
        self.enhanced = found[1] if found else ""

    @property
    def is_for_now(self) -> bool:
        return self.code < 500

    @property
    def has_no_mailbox(self) -> bool:
        return not self.is_for_now and self.enhanced in NO_SUCH_MAILBOX

    @property
    def label(self) -> str:
        return f"{self.code} {self.enhanced}".strip()


class SenderRefusedError(RefusedError):
    """A lasting "no" to us, at sign-in or at MAIL FROM: no copy will get through."""


class UnreachableError(Exception):
    """The line is down and nothing was handed over."""


class UnansweredError(Exception):
    """The message was handed over and no reply came: nobody knows."""


class Line(Protocol):
    def open(self) -> None: ...
    def send(self, sender: str, recipient: str, content: bytes) -> None: ...
    def close(self) -> None: ...


@contextmanager
def line() -> Iterator[Line]:
    """An open line for one batch. Raises UnreachableError or SenderRefusedError."""
    backend = mailers["digest"]
    opened: Line
    if isinstance(backend, SmtpBackend):
        opened = SmtpLine(backend)
    elif isinstance(backend, EmlBackend):
        opened = FileLine(backend)
    else:
        opened = ApiLine(backend)
    try:
        opened.open()
        yield opened
    finally:
        opened.close()


class SmtpLine:
    """Finished bytes over the connection of Django's SMTP backend."""

    def __init__(self, backend: SmtpBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        self.backend.timeout = int(TIMING.reply.total_seconds())
        try:
            self.backend.open()
            self.server.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            if error.smtp_code >= 500:
                raise SenderRefusedError(error.smtp_code, _text(error.smtp_error)) from error
            raise UnreachableError(str(error)) from error
        except OSError as error:
            raise UnreachableError(str(error)) from error

    @property
    def server(self) -> smtplib.SMTP:
        return cast(smtplib.SMTP, self.backend.connection)

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        try:
            self._envelope(sender, recipient)
        except RefusedError:
            with suppress(OSError):
                self.server.rset()
            raise
        except OSError as error:
            raise UnreachableError(str(error)) from error
        # A line of one dot would end the message (RFC 5321, 4.5.2).
        stuffed = re.sub(rb"(?m)^\.", b"..", content)
        try:
            self.server.send(stuffed + b".\r\n")
            code, text = self.server.getreply()
        except OSError as error:
            raise UnansweredError(str(error)) from error
        _expect({250}, code, text)

    def _envelope(self, sender: str, recipient: str) -> None:
        """MAIL, RCPT and DATA, up to the server's "go ahead"."""
        code, text = self.server.mail(sender)
        if code >= 500:
            raise SenderRefusedError(code, _text(text))
        _expect({250}, code, text)
        _expect({250, 251}, *self.server.rcpt(recipient))
        _expect({354}, *self.server.docmd("DATA"))

    def close(self) -> None:
        with suppress(OSError):
            self.backend.close()
        self.backend.connection = None


def _expect(good: set[int], code: int, text: bytes) -> None:
    if code not in good:
        raise RefusedError(code, _text(text))


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply


class FileLine:
    """One `.eml` each: the embedded default."""

    def __init__(self, backend: EmlBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        """Nothing to open."""

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        try:
            self.backend.write(content)
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def close(self) -> None:
        """Nothing to close."""


class ApiLine:
    """A provider's API takes subject, bodies and headers, and makes a message of its own: copies
    that are identical to the byte cannot be promised there."""

    # What the provider writes itself.
    OWN = {"from", "to", "subject", "reply-to", "mime-version", "content-type"}

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        try:
            self.backend.open()
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        message = self._message(content)
        try:
            self.backend.send_messages([message])
        except Exception as error:
            raise self._failure(error) from error

    def _message(self, content: bytes) -> EmailMultiAlternatives:
        parsed = message_from_bytes(content, policy=policy.default)
        message = EmailMultiAlternatives(
            parsed["Subject"],
            _body(parsed, "plain"),
            parsed["From"],
            [parsed["To"]],
            reply_to=[parsed["Reply-To"]] if parsed["Reply-To"] else None,
            headers={
                name: str(text) for name, text in parsed.items() if name.lower() not in self.OWN
            },
        )
        message.attach_alternative(_body(parsed, "html"), "text/html")
        return message

    def _failure(self, error: Exception) -> Exception:
        """A provider's error as one of ours, by the HTTP status that anymail's errors carry."""
        status: Any = getattr(error, "status_code", None)
        if status is None:
            return UnansweredError(str(error))
        if status in UNAUTHORISED:
            return SenderRefusedError(535, str(error))
        return RefusedError(451 if status == TOO_MANY or status >= 500 else 550, str(error))

    def close(self) -> None:
        self.backend.close()


def _body(message: ParsedMessage, kind: str) -> str:
    return str(cast(ParsedMessage, message.get_body((kind,))).get_content())
