"""What the tests of reviewers' verbs share: a decision, and where the story stands after it."""

from typing import Any

from accounts.models import History, User
from stories.models import Story


def decide(story: Story, verb: str, by: User, other: User) -> None:
    said: dict[str, dict[str, Any]] = {
        "send_back": {"note": "Shorter"},
        "hide": {"note": "Names a customer"},
        "hand_over": {"to": other},
    }
    getattr(story, verb)(by=by, **said.get(verb, {}))


def where(story: Story) -> dict[str, object]:
    story.refresh_from_db()
    fields = ("state", "visibility", "published_at", "featured_at", "handed_to_id")
    return {name: getattr(story, name) for name in fields} | {"looked": story.looked_at is None}


def seen_by_anybody(story: Story) -> int:
    row = History.objects.about(story).last()
    assert row is not None
    return row.pk
