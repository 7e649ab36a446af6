"""What the three transports have in common."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

# The finished bytes, or None where they must not leave after all.
Content = Callable[[], bytes | None]


class Envelope(NamedTuple):
    """From and to where, as bare addresses in ASCII. `reference` names the delivery for what a
    provider tells of it later (verp.py)."""

    sender: str
    recipient: str
    reference: str = ""


class Line(Protocol):
    """`content` is asked for at the last moment, once the other side is ready for it; `send` says
    whether it was handed over. `following` is what it will be asked for next, if that is known."""

    def open(self) -> None: ...
    def send(
        self, envelope: Envelope, content: Content, following: Envelope | None = None
    ) -> bool: ...
    def close(self) -> None: ...
