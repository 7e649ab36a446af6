"""What the tests of reports share: a reason, how a browser sends it, and what comes of it."""

from typing import Any

from django.test import Client

from stories.models import Report, Story

WHY = "It names a customer who did not agree."


def outcomes(story: Story) -> list[str]:
    return list(Report.objects.filter(story=story).order_by("pk").values_list("outcome", flat=True))


def send(client: Client, story: Story, reason: str = WHY, **said: Any) -> Any:
    return client.post(f"/stories/{story.ref}/report/", {"reason": reason, **said})


def page(client: Client, story: Story) -> str:
    response = client.get(story.get_absolute_url())
    assert response.status_code == 200
    return response.text
