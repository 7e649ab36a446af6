"""What can go wrong with one copy: what follows is decided in one place, by these names."""

import re

ENHANCED = re.compile(r"^([245]\.\d{1,3}\.\d{1,3})\b")
NO_SUCH_MAILBOX = {"5.1.1", "5.1.10"}
CLOSING = 421


class RefusedError(Exception):
    """The server's own "no", to one message: a reply code and its text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        found = ENHANCED.match(text)
        self.enhanced = found[1] if found else ""

    @property
    def is_for_now(self) -> bool:
        return 400 <= self.code < 500

    @property
    def has_no_mailbox(self) -> bool:
        return not self.is_for_now and self.enhanced in NO_SUCH_MAILBOX

    @property
    def closes_the_line(self) -> bool:
        return self.code == CLOSING

    @property
    def label(self) -> str:
        return f"{self.code} {self.enhanced}".strip()


class SenderRefusedError(RefusedError):
    """A lasting "no" to us, at sign-in or at MAIL FROM: no copy will get through."""


class SenderPutOffError(RefusedError):
    """A "not now" to us, at MAIL FROM: it says nothing of the recipient."""


class UnreachableError(Exception):
    """The line is down and nothing was handed over."""


class UnansweredError(Exception):
    """The message was handed over and no reply came: nobody knows."""
