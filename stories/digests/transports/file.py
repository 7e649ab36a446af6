"""One `.eml` each: the embedded default."""

from kudos.lib.mail import EmlBackend
from stories.digests.transports.errors import UnreachableError
from stories.digests.transports.protocol import Content, Envelope


class FileLine:
    """One `.eml` each: the embedded default."""

    def __init__(self, backend: EmlBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        """Nothing to open."""

    def send(self, envelope: Envelope, content: Content, following: Envelope | None = None) -> bool:
        finished = content()
        if finished is None:
            return False
        try:
            self.backend.write(finished)
        except OSError as error:
            raise UnreachableError(str(error)) from error
        return True

    def close(self) -> None:
        """Nothing to close."""
