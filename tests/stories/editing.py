"""What a browser sends from the form that changes a story."""

import re
from typing import Any

from django.test import Client

from accounts.models import User
from stories.models import Story
from tests.stories.composing import fields


def editing(story: Story) -> str:
    return f"/stories/{story.ref}/editing/"


def change(client: Client, story: Story, *nominees: User, **said: Any) -> Any:
    sent = fields(*(nominees or story.nominees), **{"save": "yes", "key": None} | said)
    return client.post(editing(story), sent)


def headline(story: Story) -> str:
    return str(Story.objects.get(pk=story.pk).headline)


def seen_by(client: Client, story: Story) -> str:
    """What the form that this person opens carries."""
    page = client.get(editing(story)).content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]
