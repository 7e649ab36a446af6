"""News of stories becomes rows; a worker is woken once they are committed."""

from datetime import datetime, timedelta
from typing import Any

from django.dispatch import receiver

from accounts.models import User
from kudos.lib.wake import wake_on_commit
from stories.models import Story
from stories.notices.asking import owe_questions
from stories.notices.models import Kind, Notice, State
from stories.notices.tasks import send_notices
from stories.signals import story_asked, story_changed, story_published, voice_added

GATHERING = timedelta(hours=1)
# As long as a review can be undone before anybody hears of it (product.md, "A story's life").
HOLD = timedelta(seconds=15)


@receiver(story_published)
@receiver(story_changed)
def tell_those_named(
    *, story: Story, by: User | None, reviewed: bool = False, **kwargs: Any
) -> None:
    """Nominees hear of a story about them, and helping hands of one that they may read.

    An edit may name somebody new, and comes this way too; nobody is told of a story twice.
    """
    if not story.is_published:
        # What has not gone yet would go at its time, were the story published again by then.
        owed = Notice.objects.filter(story=story, kind__in=[Kind.CELEBRATED, Kind.THANKED])
        owed.filter(state=State.PENDING).update(state=State.LAPSED)
        return
    wait = HOLD if reviewed else timedelta()
    Notice.objects.owe(story, _others(story.nominees, by), Kind.CELEBRATED, wait=wait)
    if not story.is_private:
        Notice.objects.owe(story, _others(story.helping_hands, by), Kind.THANKED, wait=wait)
    wake_on_commit(send_notices, wait=wait)


@receiver(story_asked)
def ask_those_named(*, story: Story, people: list[User], at: datetime, **kwargs: Any) -> None:
    """Those who want to be asked first are asked by mail as well, and reminded."""
    owe_questions(story, people, at)
    wake_on_commit(send_notices)


@receiver(voice_added)
def tell_nominees_of_voices(*, story: Story, by: User, **kwargs: Any) -> None:
    """Nominees hear of the voices under a story once, an hour after the first: what came in that
    hour goes in one mail. The tick finds it then."""
    Notice.objects.owe(story, story.nominees, Kind.VOICED, wait=GATHERING)


def _others(people: list[User], by: User | None) -> list[User]:
    """Whoever published it by agreeing has just read it."""
    return [person for person in people if person != by]
