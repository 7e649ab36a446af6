"""What the tests of hidden voices share: who hides one how, and whether it is heard."""

from typing import Any

from accounts.models import User
from stories.models import Story
from tests.conftest import signed_in


def is_heard(story: Story) -> bool:
    return story.voices.heard().exists()


def post(person: User, story: Story, action: str, **data: str) -> Any:
    who = story.voices.get().teller.ref
    return signed_in(person).post(f"/stories/{story.ref}/voices/{who}/{action}/", data)
