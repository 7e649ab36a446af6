"""What the tests of stories that ask somebody share: the answers, and what they lead to."""

from typing import Any

from django.contrib.messages import get_messages

from accounts.models import History, User
from stories.models import Story
from tests.conftest import signed_in


def post(person: User, story: Story, action: str) -> Any:
    return signed_in(person).post(f"/stories/{story.ref}/{action}/")


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def answers(story: Story) -> dict[str, str]:
    return {named.person.name: named.answer for named in story.named.select_related("person")}


def row(story: Story) -> History:
    found = History.objects.about(story).last()
    assert found is not None
    return found
