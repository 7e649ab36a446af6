"""What the tests of voices share: what a browser sends, and what stands under the story."""

from typing import Any
from uuid import uuid4

from django.test import Client

from stories.models import Story

WORDS = "I heard her ring all forty-one of them."


def post(client: Client, story: Story, action: str = "voice", **data: Any) -> Any:
    sent = {"text": WORDS, "key": str(uuid4())} | data
    return client.post(f"/stories/{story.ref}/{action}/", sent)


def page(client: Client, story: Story, **query: str) -> str:
    response = client.get(story.get_absolute_url(), query)
    assert response.status_code == 200
    return str(response.content.decode())


def words(story: Story) -> list[str]:
    return [voice.text for voice in story.voices.heard()]
