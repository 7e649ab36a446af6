"""What the tests of the team's page share."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from stories.models import Story


def page(client: Client, **query: str) -> Any:
    response = client.get("/team/", query)
    assert response.status_code == 200
    return response.context


def told_days_ago(story: Story, days: float) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(days=days))
    story.refresh_from_db()
    return story
