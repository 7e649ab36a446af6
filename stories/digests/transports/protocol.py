"""What the three transports have in common."""

from collections.abc import Callable
from typing import Protocol

# The finished bytes, or None where they must not leave after all.
Content = Callable[[], bytes | None]


class Line(Protocol):
    """`content` is asked for at the last moment, once the other side is ready for it; `send` says
    whether it was handed over. `reference` names the delivery for what a provider tells of it
    later (verp.py)."""

    def open(self) -> None: ...
    def send(self, sender: str, recipient: str, content: Content, reference: str = "") -> bool: ...
    def close(self) -> None: ...
