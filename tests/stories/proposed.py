"""What the tests of edits that wait share: how one is proposed, read and decided about."""

from typing import Any

from django.test import Client

from accounts.models import User
from stories.models import Proposal, Story
from stories.models.deeds import last_decisive
from tests.factories import telling

OLD, NEW = "A kayak school kept its season", "Forty-one trips were saved"


def propose(story: Story, **said: Any) -> None:
    said = {"nominees": story.nominees, "customer_group": story.customer_group} | said
    story.edit(telling(**said), by=story.teller)


def page_of(story: Story) -> str:
    return f"/stories/{story.ref}/proposal/"


def text(client: Client, url: str) -> str:
    return str(client.get(url, follow=True).content.decode())


def decide(client: Client, story: Story, verb: str, **said: Any) -> Any:
    newest = last_decisive(story)
    sent = {"seen": str(newest.pk if newest else 0)} | said
    return client.post(f"{page_of(story)}{verb}/", sent, follow=True)


def edit(story: Story, *, by: User | None = None, seen: str = "", **said: Any) -> bool:
    """What its teller says anew, with the rest as it is."""
    said = {"nominees": story.nominees, "customer_group": story.customer_group} | said
    return story.edit(telling(**said), by=by or story.teller, seen=seen)


def again(story: Story) -> Story:
    return Story.objects.get(pk=story.pk)


def is_waiting(story: Story) -> bool:
    return Story.objects.with_waiting_edit().filter(pk=story.pk).exists()


def photo_of(proposal: Proposal) -> str:
    return str(proposal.photo.name)
