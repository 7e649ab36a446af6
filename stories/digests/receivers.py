"""What the digest does when a story changes: it writes rows, inside the same transaction."""

from typing import Any

from django.dispatch import receiver

from stories.digests.models import Edition
from stories.models import Story
from stories.signals import story_changed


@receiver(story_changed)
def outdate_editions(sender: type[Story], story: Story, **kwargs: Any) -> None:
    Edition.objects.outdate(story)
