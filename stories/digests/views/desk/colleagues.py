"""Finding one colleague, to look at the digest with their eyes."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from accounts.people import SHORTEST, colleagues
from accounts.requests import Request
from kudos.lib.text import one_line


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, and whom it found. `is_asked` once there is enough of it to look for."""

    query: str
    people: list[User]

    @property
    def is_asked(self) -> bool:
        return len(self.query) >= SHORTEST

    @classmethod
    def of(cls, request: Request) -> Search:
        query = one_line(request.GET.get("find", ""))
        return cls(query, colleagues(query) if query else [])
