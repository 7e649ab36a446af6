"""What the tests of the review share: how a browser asks, and the stories it asks about."""

from typing import Any

from django.test import Client

from accounts.models import Company, History, ReviewPolicy, User
from stories.models import State, Story
from stories.models.deeds import last_decisive
from tests.factories import tell_story

OTHERS = ["teller", "nominee", "stranger", "leaver", "other_manager"]
REVIEWERS = ["manager", "director", "delegate", "culture_lead"]
HTMX = {"HX-Request": "true"}


def review_first() -> None:
    """From now on the company's stories wait for a reviewer."""
    Company.objects.update_or_create(pk=1, defaults={"review_policy": ReviewPolicy.REVIEW_FIRST})


def waiting_story(teller: User, *nominees: User, **said: Any) -> Story:
    review_first()
    story = tell_story(teller, *nominees, **said)
    assert story.state == State.WAITING
    return story


def seen(story: Story) -> int:
    """The key of what was decided last, as a page opened now carries it."""
    row = last_decisive(story)
    assert row is not None
    return row.pk


def decide(client: Client, story: Story, address: str, **sent: Any) -> Any:
    """As from the review page; `tab=""` as from the story's own."""
    said = {"seen": seen(story), "tab": "waiting"} | sent
    if not said["tab"]:
        del said["tab"]
    return client.post(f"/stories/{story.ref}/{address}/", said)


def opened(client: Client, **query: str) -> Any:
    """What the review page shows, as its template has it."""
    response = client.get("/review/", query)
    assert response.status_code == 200
    return response.context


def listed(client: Client, **query: str) -> list[str]:
    """The headlines of the list, in order."""
    return [row.story.headline for row, _url in opened(client, **query)["rows"]]


def state(story: Story) -> str:
    story.refresh_from_db()
    return story.state


def verbs(story: Story) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))
