"""What somebody reads on the page of a story."""

from accounts.models import User
from stories.models import Story
from tests.conftest import signed_in


def page(person: User, story: Story) -> str:
    response = signed_in(person).get(story.get_absolute_url())
    assert response.status_code == 200
    return " ".join(response.content.decode().split())
