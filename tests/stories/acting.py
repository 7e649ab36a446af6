"""What the tests of a story's forms share: how one is sent, and what becomes of the story."""

from typing import Any

from django.test import Client

from stories.models import Story


def post(client: Client, story: Story, action: str, **data: str) -> Any:
    return client.post(f"/stories/{story.ref}/{action}/", data)


def state(story: Story) -> tuple[str, str]:
    story.refresh_from_db()
    return story.state, story.visibility
