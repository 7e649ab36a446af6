"""SMTP, step by step: after each step it is known whether the message may have been taken."""

import logging
import smtplib
import time
from collections.abc import Container
from contextlib import suppress
from typing import cast

from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from stories.digests.timing import TIMING
from stories.digests.transports.errors import (
    RefusedError,
    SenderPutOffError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.digests.transports.protocol import Content, Envelope

logger = logging.getLogger(__name__)

GO_AHEAD = 354
# To MAIL, RCPT and DATA: the good ones, and what a "not now" and a "no" to each mean.
ANSWERS = (
    ({250}, SenderPutOffError, SenderRefusedError),
    ({250, 251}, RefusedError, RefusedError),
    ({GO_AHEAD}, RefusedError, RefusedError),
)
NOT_IMPLEMENTED = 502
# Servers, by host and port, that did not answer what came with the end of a message: what stands
# before them may throw it away. This process tells them nothing ahead any more.
deaf: set[tuple[str, int]] = set()


class SmtpLine:
    """Finished bytes over the connection of Django's SMTP backend."""

    def __init__(self, backend: SmtpBackend) -> None:
        self.backend = backend
        # Whether a message has gone over this connection.
        self.is_used = False
        # The envelope that went with the message before, its answers still unread.
        self.told: Envelope | None = None

    def open(self) -> None:
        self.backend.timeout = int(TIMING.reply.total_seconds())
        self.is_used = False
        try:
            self.backend.open()
            self.server.ehlo_or_helo_if_needed()
        except smtplib.SMTPNotSupportedError as error:
            # No TLS or no sign-in, where the mail address asks for it: that stays so.
            raise SenderRefusedError(NOT_IMPLEMENTED, str(error)) from error
        except smtplib.SMTPResponseException as error:
            refused = SenderRefusedError if error.smtp_code >= 500 else RefusedError
            raise refused(error.smtp_code, _text(error.smtp_error)) from error
        except OSError as error:
            raise UnreachableError(str(error)) from error

    @property
    def server(self) -> smtplib.SMTP:
        return cast(smtplib.SMTP, self.backend.connection)

    @property
    def _address(self) -> tuple[str, int]:
        return self.backend.host, self.backend.port

    @property
    def pipelines(self) -> bool:
        """Whether the server takes commands without our waiting for the answers (RFC 2920)."""
        return self.server.has_extn("pipelining")

    def send(self, envelope: Envelope, content: Content, following: Envelope | None = None) -> bool:
        self._announce(envelope)
        finished = self._finished(content)
        if finished is None:
            return False
        # One wait for the answers to this message's end and to the next one's envelope.
        if following is not None and self.pipelines and self._address not in deaf:
            self.told = following
            finished += _commands(following)
        try:
            self.server.send(finished)
            code, text = self.server.getreply()
        except OSError as error:
            raise UnansweredError(str(error)) from error
        if code // 100 not in {2, 4, 5}:
            raise UnansweredError(f"{code} {_text(text)}")
        _expect(range(200, 300), code, text)
        self.is_used = True
        return True

    def _announce(self, envelope: Envelope) -> None:
        """The envelope, over a new line where the old one is gone. Many a server ends a line, or
        takes nothing more over it, after so many messages or minutes (RFC 5321, 3.8): that says
        nothing of the message that comes next. One that takes long over it is not asked again, as
        the lease runs."""
        began = time.monotonic()
        if self.told not in {None, envelope}:
            self._drop()
        if self.backend.connection is not None:
            try:
                return self._try(envelope)
            except (RefusedError, UnreachableError) as error:
                is_soon = time.monotonic() - began < TIMING.reply.total_seconds() / 2
                if not (self.is_used and is_soon and _is_over(error)):
                    raise
            self._drop()
        self._reopen()
        return self._try(envelope)

    def _try(self, envelope: Envelope) -> None:
        was_told = self.told is not None
        try:
            self._hand_in(envelope)
        except RefusedError:
            with suppress(OSError):
                self.server.rset()
            raise
        except OSError as error:
            # smtplib calls every end of a line the same.
            if was_told and isinstance(error.__context__, TimeoutError):
                logger.warning("The mail server does not hear what comes with a message's end.")
                deaf.add(self._address)
            raise UnreachableError(str(error)) from error

    def _reopen(self) -> None:
        """What the server says to a new line is not about the message that comes next. One that
        is slow to open it leaves no time for the message, for which the lease runs."""
        began = time.monotonic()
        try:
            self.open()
        except SenderRefusedError:
            raise
        except RefusedError as error:
            raise UnreachableError(f"{error.label} {error}") from error
        if time.monotonic() - began > TIMING.reply.total_seconds():
            raise UnreachableError("The mail server took too long to open another connection.")

    def _drop(self) -> None:
        """End the line without waiting for the server's goodbye. There is no other way to take
        DATA back (RFC 5321, 3.8)."""
        if self.backend.connection is not None:
            self.server.close()
        self.backend.connection = None
        self.told = None

    def _finished(self, content: Content) -> bytes | None:
        """What follows the server's "go ahead", its end included. Without it the line ends."""
        found = None
        try:
            found = content()
        finally:
            if found is None:
                self._drop()
        if found is None:
            return None
        # A line of one dot would end the message (RFC 5321, 4.5.2).
        stuffed = found.replace(b"\n.", b"\n..")
        return (b"." + stuffed if found.startswith(b".") else stuffed) + b".\r\n"

    def _hand_in(self, envelope: Envelope) -> None:
        """MAIL, RCPT and DATA, up to the server's "go ahead": sent at once where it can take them
        so, unless they went with the message before, and each answered by itself."""
        at_once = self.pipelines
        if at_once and self.told is None:
            self.server.send(_commands(envelope))
        self.told = None
        for number, (command, answers) in enumerate(zip(_steps(envelope), ANSWERS, strict=True), 1):
            if not at_once:
                self.server.putcmd(command)
            code, text = self.server.getreply()
            good, for_now, for_good = answers
            if code not in good:
                if code // 100 not in {4, 5}:
                    # It may have a recipient by now: an end of DATA would send them nothing.
                    self._drop()
                    raise UnreachableError(f"{code} {_text(text)}")
                if at_once:
                    self._skip(len(ANSWERS) - number)
                raise (for_good if code >= 500 else for_now)(code, _text(text))

    def _skip(self, replies: int) -> None:
        """Read the answers to what was sent ahead. A server that goes ahead without a recipient
        gets a message of nothing for nobody (RFC 2920, 3.1)."""
        with suppress(OSError):
            for _reply in range(replies):
                code, _text = self.server.getreply()
                if code == GO_AHEAD:
                    self.server.send(b".\r\n")
                    self.server.getreply()

    def close(self) -> None:
        if self.told is not None:
            self._drop()
        with suppress(OSError):
            self.backend.close()
        self.backend.connection = None


def _steps(envelope: Envelope) -> tuple[str, str, str]:
    return f"MAIL FROM:<{envelope.sender}>", f"RCPT TO:<{envelope.recipient}>", "DATA"


def _commands(envelope: Envelope) -> bytes:
    return "".join(f"{command}\r\n" for command in _steps(envelope)).encode("ascii")


def _is_over(error: RefusedError | UnreachableError) -> bool:
    """Whether a line that messages have gone over takes no more of them."""
    if isinstance(error, UnreachableError | SenderPutOffError):
        return True
    return error.closes_the_line


def _expect(good: Container[int], code: int, text: bytes) -> None:
    if code not in good:
        raise RefusedError(code, _text(text))


def _text(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
