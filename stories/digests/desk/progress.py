"""How far an edition has got, in figures."""

from dataclasses import dataclass
from datetime import datetime

from stories.digests.models import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`counts` has every state of a delivery, in the order in which the model names them.

    `done` are the copies that will become nothing else by themselves, `share` is their part of
    `total` in whole per cent, 100 only when all are. `rate` is copies sent in the last minute.
    `ends_at` is when the last copy will leave, None while nobody can tell. `paused_at` is None
    while it is not held, `paused_why` what history says of it ("" for nothing). `waits_until` is
    when the mail server is tried again, None while it answers, `waits_why` what it said.
    `missing` is how many of those to get it at the cutoff have no row: it must be 0; None before
    all rows are there.
    """

    counts: dict[str, int]
    total: int
    done: int
    share: int
    rate: int
    ends_at: datetime | None
    paused_at: datetime | None
    paused_why: str
    waits_until: datetime | None
    waits_why: str
    missing: int | None

    @property
    def is_over(self) -> bool:
        return self.done == self.total


def progress(edition: Edition) -> Progress:
    """The figures of this moment, in at most four queries."""
    raise NotImplementedError
