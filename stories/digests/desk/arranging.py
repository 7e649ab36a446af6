"""What a culture lead changes in an edition before it has left.

Every verb raises DeskError where the edition's state does not allow it, and where a story that it
is about is no longer there: somebody else may have been at the desk.
"""

from collections.abc import Sequence

from accounts.models import User
from stories.digests.models import Edition
from stories.models import Story

STORIES_MOST = 8


def move(edition: Edition, story: Story, to: int, *, by: User) -> None:
    """Put a story into place `to`, 0 first; beyond the ends means the nearest end.
    While planned or frozen."""
    raise NotImplementedError


def arrange(edition: Edition, order: Sequence[str], *, by: User) -> None:
    """Put the stories into the order of these references; those not among them follow as they
    stood. While planned or frozen."""
    raise NotImplementedError


def take_out(edition: Edition, story: Story, *, by: User) -> None:
    """Tell this story not: no copy that is fenced from now on has it. While planned, frozen or
    sending. Before the freeze the next best is suggested in its place."""
    raise NotImplementedError


def add(edition: Edition, story: Story, *, by: User) -> None:
    """Tell this story too, at the end, at most 8 in all. It must be on the feed, of the edition's
    weeks, and in no other edition. While planned or frozen."""
    raise NotImplementedError


def suggest_afresh(edition: Edition, *, by: User) -> None:
    """Forget what culture leads put in, moved and took out. While planned."""
    raise NotImplementedError


def word(edition: Edition, *, subject: str, note: str, by: User) -> None:
    """Set the edition's own subject ("" means the automatic one) and its note, as a form has
    checked them. While planned or frozen."""
    raise NotImplementedError
