"""What the tests of the feed share: what it shows, and stories to fill it."""

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from stories.models import CustomerGroup, State, Story


def shown(client: Client, query: str = "") -> list[str]:
    """Headlines on the page at that address."""
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return [story.headline for story in response.context["page"].stories]


def published(story: Story, at: datetime) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=at)
    return story


def fill(count: int, teller: User, group: CustomerGroup) -> None:
    """Stories by bulk insert, a minute apart, with one hidden and one private among each ten."""
    start = timezone.now()
    Story.objects.bulk_create(
        Story(
            teller=teller,
            customer_group=group,
            headline=f"Story {number}",
            what_they_did="Rang the school.",
            state=State.HIDDEN if number % 10 == 3 else State.PUBLISHED,
            visibility="private" if number % 10 == 7 else "company",
            published_at=start - timedelta(minutes=number),
        )
        for number in range(count)
    )
