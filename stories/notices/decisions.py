"""What reviewers decide is told to whom it concerns, once it can no longer be undone."""

from typing import Any

from django.dispatch import receiver

from accounts import roles
from accounts.models import History, User
from kudos.lib.wake import wake_on_commit
from stories.models import Story
from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.tasks import send_notices
from stories.signals import story_decided, story_unreviewed

# By the verb that History keeps: what the teller hears of it.
TOLD_TO_TELLERS = {
    "publish": Kind.RELEASED,
    "send back": Kind.SENT_BACK,
    "hide": Kind.HIDDEN,
    "publish edit": Kind.EDIT_RELEASED,
    "send edit back": Kind.EDIT_SENT_BACK,
}


@receiver(story_decided)
def tell_of_decision(*, story: Story, deed: History, **kwargs: Any) -> None:
    """Its teller hears what became of the story, and a reviewer that it was handed to them."""
    if kind := TOLD_TO_TELLERS.get(deed.verb):
        people = [story.teller]
    elif deed.verb == "hand over" and story.handed_to:
        kind, people = Kind.HANDED_OVER, [story.handed_to]
    else:
        return
    Notice.objects.owe(story, people, kind, wait=HOLD, occasion=deed.pk)
    wake_on_commit(send_notices, wait=HOLD)


@receiver(story_unreviewed)
def tell_leads_of_unreviewed(*, story: Story, deed: History | None = None, **kwargs: Any) -> None:
    """Every culture lead, also the one whose story it is: nothing is published unseen."""
    leads = list(User.objects.filter(roles.leading()))
    Notice.objects.owe(story, leads, Kind.UNREVIEWED, occasion=deed.pk if deed else 0)
    wake_on_commit(send_notices)
