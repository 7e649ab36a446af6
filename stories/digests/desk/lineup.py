"""What an edition tells as it stands, and what it could tell instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from stories.digests.models import Edition
from stories.models import Story


@dataclass(frozen=True, slots=True)
class Placed:
    """A story in its place, 0 first. `story` comes with its card; `chosen_by` is the culture lead
    who put it in, None where it was suggested."""

    story: Story
    position: int
    reason: str
    chosen_by: User | None


def lineup(edition: Edition) -> list[Placed]:
    """The stories in their order as the edition would leave now. Before the freeze: what culture
    leads have kept, then what is suggested; after it, the picks that everybody may read."""
    raise NotImplementedError


def spare(edition: Edition, shown: Sequence[Placed], search: str = "") -> list[Story]:
    """Up to 20 stories of the edition's weeks that could be added to what is `shown`, newest
    first, with their cards; those that hold every word of `search` where it is not empty."""
    raise NotImplementedError
