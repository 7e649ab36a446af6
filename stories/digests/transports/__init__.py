"""Handing a finished copy over: by SMTP, into a file, or through a provider's API.

One protocol, three small classes; `line()` opens the one that the `digest` mailer calls for. Every
failure is one of the exceptions in `errors`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend

from kudos.lib.mail import EmlBackend
from stories.digests.transports.api import ApiLine
from stories.digests.transports.file import FileLine
from stories.digests.transports.protocol import Line as Line
from stories.digests.transports.smtp import SmtpLine


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
