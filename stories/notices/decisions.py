"""What reviewers decide is told to whom it concerns, once it can no longer be undone."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts import roles
from accounts.models import History, User
from kudos.lib.wake import wake_on_commit
from stories.models import Story
from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.tasks import send_notices
from stories.signals import story_decided, story_published, story_unreviewed

# By the verb that History keeps: what the teller hears of it.
TOLD_TO_TELLERS = {
    "publish": Kind.RELEASED,
    "send back": Kind.SENT_BACK,
    "hide": Kind.HIDDEN,
    "publish edit": Kind.EDIT_RELEASED,
    "send edit back": Kind.EDIT_SENT_BACK,
}

# What lets a story or a change be read, unless somebody named is asked first.
RELEASING = frozenset({"publish", "publish edit"})
# What ends that: the teller sends it anew, or the reviewer takes it back.
ENDING = frozenset({"submit", "undo publish"})


@receiver(story_decided)
def tell_of_decision(*, story: Story, deed: History, **kwargs: Any) -> None:
    """Its teller hears what became of the story, and a reviewer that it was handed to them."""
    if deed.verb in RELEASING and not story.is_published:
        return  # somebody named has to agree first
    if kind := TOLD_TO_TELLERS.get(deed.verb):
        people = [story.teller]
    elif deed.verb == "hand over" and story.handed_to:
        kind, people = Kind.HANDED_OVER, [story.handed_to]
    else:
        return
    Notice.objects.owe(story, people, kind, wait=HOLD, occasion=deed.pk)
    wake_on_commit(send_notices, wait=HOLD)


@receiver(story_published)
def tell_teller_at_last(*, story: Story, by: User | None, reviewed: bool, **kwargs: Any) -> None:
    """Where somebody named had to agree after the reviewer; not where it was the teller who kept
    it private instead. Of one decision its teller hears once."""
    if reviewed or by == story.teller:
        return
    if deed := _release_of(story):
        kind = TOLD_TO_TELLERS[deed.verb]
        Notice.objects.owe(story, [story.teller], kind, occasion=deed.pk)
        wake_on_commit(send_notices)


@receiver(story_unreviewed)
def tell_leads_of_unreviewed(*, story: Story, by: User | None, **kwargs: Any) -> None:
    """Every culture lead, also the one whose story it is: nothing is published unseen. Of each
    change, also where somebody named had to agree to it; of the story itself once."""
    leads = list(User.objects.filter(roles.leading()))
    # What its teller sends anew is the story itself, whatever happened to it before.
    deed = _release_of(story) if by != story.teller else None
    change = deed if deed and deed.verb == "publish edit" and deed.actor_id is None else None
    Notice.objects.owe(story, leads, Kind.UNREVIEWED, occasion=change.pk if change else 0)
    wake_on_commit(send_notices)


def _release_of(story: Story) -> History | None:
    """The decision by which it may be read, or by which it asks those named first."""
    deed = History.objects.about(story).filter(verb__in=RELEASING | ENDING).last()
    return deed if deed and deed.verb in RELEASING else None
