"""One `.eml` each: the embedded default."""

from kudos.lib.mail import EmlBackend
from stories.digests.transports.errors import UnreachableError


class FileLine:
    """One `.eml` each: the embedded default."""

    def __init__(self, backend: EmlBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        """Nothing to open."""

    def send(self, sender: str, recipient: str, content: bytes, reference: str = "") -> None:
        try:
            self.backend.write(content)
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def close(self) -> None:
        """Nothing to close."""
