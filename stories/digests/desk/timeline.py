""" "Why did I not get it?": what became of one person's copies, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from stories.digests.models import Delivery, Edition


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to a copy, or will. Times in `sentence` are in the current zone."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one person's copy of one edition: `why` in a sentence or two, `moments`
    oldest first. `delivery` is None where they have no row in the ledger."""

    edition: Edition
    delivery: Delivery | None
    why: str
    moments: list[Moment]


def answers(person: User, editions: Sequence[Edition]) -> list[Answer]:
    """One answer for each edition, in their order, in a fixed number of queries."""
    raise NotImplementedError


def timeline(person: User, edition: Edition) -> list[Moment]:
    return answers(person, [edition])[0].moments


def why(person: User, edition: Edition) -> str:
    return answers(person, [edition])[0].why
