"""Stories as the choice sees them, made with as little as a test has to say."""

from datetime import UTC, datetime, timedelta
from typing import Any

from stories.digests.picking import Candidate, Earlier

MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def candidate(story: int, **said: Any) -> Candidate:
    """A story published `story` hours before Monday that celebrates somebody of its own."""
    plain: dict[str, Any] = {
        "published_at": MONDAY - timedelta(hours=story),
        "group": 1,
        "group_name": "Customers",
        "nominees": frozenset({story}),
        "departments": frozenset({1}),
        "teller": 1,
        "has_words": False,
    }
    return Candidate(story=story, **(plain | said))


def told(story: int, *, weeks_ago: int = 1, **said: Any) -> Earlier:
    """A story that the edition of `weeks_ago` told, published the day before."""
    plain: dict[str, Any] = {
        "published_at": MONDAY - timedelta(weeks=weeks_ago, days=1),
        "group": 1,
        "nominees": frozenset({story}),
    }
    return Earlier(story=story, weeks_ago=weeks_ago, **(plain | said))
