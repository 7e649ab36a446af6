"""Handing a finished copy over: by SMTP, into a file, or through a provider's API.

One protocol, three small classes; `line()` opens the one that the `digest` mailer calls for, and
`KeptLine` keeps it for more than one batch. Every failure is one of the exceptions in `errors`.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from kudos.lib.mail import EmlBackend
from stories.digests.transports.api import ApiLine
from stories.digests.transports.file import FileLine
from stories.digests.transports.protocol import Envelope as Envelope
from stories.digests.transports.protocol import Line as Line
from stories.digests.transports.smtp import SmtpLine


@contextmanager
def line() -> Iterator[Line]:
    """An open line. Raises UnreachableError, RefusedError or SenderRefusedError."""
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


class KeptLine(ExitStack):
    """A line for batch after batch: opened when one needs it, closed when something goes wrong
    over it, and at the end."""

    opened: Line | None = None

    @contextmanager
    def in_use(self) -> Iterator[Line]:
        """The line, open. Raises as `line` does."""
        if self.opened is None:
            self.opened = self.enter_context(line())
        try:
            yield self.opened
        except BaseException:
            self.opened = None
            self.close()
            raise
