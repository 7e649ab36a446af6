"""What may be done with a story, and by whom: with `decisions`, which says what its reviewers may
decide, the only place where that is decided.

Seeing is `Story.objects.visible_to(user)`; the predicates here presume a story fetched through it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from stories.models.choices import State, Visibility
from stories.models.named import Answer

if TYPE_CHECKING:
    from stories.models.story import Story
    from stories.models.voice import Voice
    from stories.querysets import StoryQuerySet

EDIT_WINDOW = timedelta(hours=24)
BEFORE_SUBMITTING = frozenset({State.DRAFT, State.RETURNED})


def may_see(user: User, story: Story) -> bool:
    """Whether `user` may open this story and its photo."""
    readable: StoryQuerySet = type(story).objects.visible_to(user)
    return readable.filter(pk=story.pk).exists()


def may_submit(user: User, story: Story) -> bool:
    """The teller, while the story is a draft or was sent back."""
    return user.pk == story.teller_id and story.state in BEFORE_SUBMITTING


def may_edit(user: User, story: Story) -> bool:
    """The teller until 24 hours after publishing, and what they proposed in these also later; then
    reviewers alone."""
    return may_submit(user, story) or may_edit_at_once(user, story) or may_propose_edit(user, story)


def may_edit_at_once(user: User, story: Story) -> bool:
    """A story that waits for a reviewer is its teller's to change, and one that is read as well,
    unless reviewers see everything first (`Story.edit_waits`)."""
    if user.pk == story.teller_id:
        is_fresh = story.state == State.PUBLISHED and within_edit_window(story)
        return is_fresh or story.state == State.WAITING
    return story.state == State.PUBLISHED and may_review(user, story)


def may_propose_edit(user: User, story: Story) -> bool:
    """The teller of a story that the company reads, for 24 hours, and longer where a proposal of
    theirs waits or was sent back."""
    is_theirs = user.pk == story.teller_id and is_on_feed(story)
    return is_theirs and (within_edit_window(story) or story.proposed is not None)


def may_take_edit_back(user: User, story: Story) -> bool:
    return user.pk == story.teller_id and story.proposed is not None


def within_edit_window(story: Story) -> bool:
    return story.published_at is not None and timezone.now() < story.published_at + EDIT_WINDOW


def may_withdraw(user: User, story: Story) -> bool:
    """The teller, at any time."""
    return user.pk == story.teller_id and story.state != State.WITHDRAWN


def may_review(user: User, story: Story) -> bool:
    """Culture leads all stories, managers those with nominees or teller in their reporting line,
    and whoever stands in for one of them; nobody what they told or what names them, and a private
    story only once one of those who read it has reported it."""
    reviewable: StoryQuerySet = type(story).objects.reviewable_by(user)
    return reviewable.filter(pk=story.pk).exists()


def is_on_feed(story: Story) -> bool:
    return story.state == State.PUBLISHED and story.visibility == Visibility.COMPANY


def may_answer(user: User, story: Story) -> bool:
    """Somebody named who was asked whether the story may be published, and has not said yet."""
    return (
        story.state == State.ASKING
        and story.named.filter(person=user, answer=Answer.ASKED).exists()
    )


def may_keep_private(user: User, story: Story) -> bool:
    """The teller of a story that is published or asks, and whoever was asked; nobody can widen it
    again."""
    if may_answer(user, story):
        return True
    return (
        user.pk == story.teller_id
        and story.state in {State.ASKING, State.PUBLISHED}
        and story.visibility == Visibility.COMPANY
    )


def may_rewrite(user: User, story: Story) -> bool:
    """The teller, while the story waits for the answer of somebody asked."""
    return user.pk == story.teller_id and story.state == State.ASKING


def may_cheer(user: User, story: Story) -> bool:
    """Whoever reads a published story; not who only reviews a private one."""
    readable: StoryQuerySet = type(story).objects.readable_by(user)
    return readable.published().filter(pk=story.pk).exists()


def may_add_voice(user: User, story: Story) -> bool:
    """Whoever reads a published story that others told of others: nobody celebrates themselves,
    and nobody twice in one story."""
    joinable: StoryQuerySet = type(story).objects.joinable_by(user)
    return user.is_active and joinable.filter(pk=story.pk).exists()


def may_edit_voice(user: User, voice: Voice) -> bool:
    """Who added it, for 24 hours and while the story is published and theirs to read."""
    is_fresh = timezone.now() < voice.created_at + EDIT_WINDOW
    is_open = voice.story.is_published and may_see(user, voice.story)
    return is_fresh and is_open and may_take_voice_back(user, voice)


def may_take_voice_back(user: User, voice: Voice) -> bool:
    """Who added it, at any time, also under a story that they may not open any more."""
    return user.is_active and user.pk == voice.teller_id and voice.text != ""


def may_hide_voice(user: User, voice: Voice) -> bool:
    """Whoever the story names and may read it, and its reviewers."""
    if voice.hidden_at or not user.is_active:
        return False
    return may_object(user, voice.story) or may_review(user, voice.story)


def may_object(user: User, story: Story) -> bool:
    """Whether a voice under the story is about this person, and theirs to refuse."""
    return story.named.filter(person=user).exists() and may_see(user, story)


def may_unhide_voice(user: User, voice: Voice) -> bool:
    """Whoever hid it, as long as they might hide it; what a reviewer hid, each reviewer. Nobody
    shows what somebody named does not want."""
    if not voice.hidden_at or not voice.text or not user.is_active:
        return False
    if voice.story.named.filter(person=voice.hidden_by_id).exists():
        return user.pk == voice.hidden_by_id and may_object(user, voice.story)
    return may_review(user, voice.story)


def may_report(user: User, story: Story) -> bool:
    """Whoever reads a published story that others told: its teller withdraws it. Once, until there
    is an outcome."""
    reportable: StoryQuerySet = type(story).objects.reportable_by(user)
    return user.is_active and reportable.filter(pk=story.pk).exists()


def may_read_history(user: User, story: Story) -> bool:
    """The teller, and reviewers of a company story: history keeps old texts and reasons."""
    return user.pk == story.teller_id or may_review(user, story)
