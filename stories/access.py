"""What may be done with a story, and by whom: the only place where that is decided.

Seeing is `Story.objects.visible_to(user)`; the predicates here presume a story fetched through it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from stories.models.choices import State, Visibility
from stories.models.named import Answer
from stories.reviewers import reviewers_of, reviewers_of_edit

if TYPE_CHECKING:
    from stories.models.story import Story
    from stories.models.voice import Voice
    from stories.querysets import StoryQuerySet

EDIT_WINDOW = timedelta(hours=24)
BEFORE_SUBMITTING = frozenset({State.DRAFT, State.RETURNED})
UNDECIDED = frozenset({State.WAITING, State.PUBLISHED, State.HIDDEN})


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


def may_decide_edit(user: User, story: Story) -> bool:
    """Who reviews the story, unless the proposal names them."""
    waiting: StoryQuerySet = type(story).objects.edits_for(user)
    return waiting.filter(pk=story.pk).exists()


def is_edit_beyond_review(user: User | None, story: Story) -> bool:
    """Whether a change of it waits for a reviewer and there is none."""
    return story.has_waiting_edit and not reviewers_of_edit(story).exists()


def may_take_edit_back(user: User, story: Story) -> bool:
    return user.pk == story.teller_id and story.proposed is not None


def may_read_edit(user: User, story: Story) -> bool:
    """Its teller as long as there is one, and reviewers while they may decide about it."""
    return may_take_edit_back(user, story) or may_decide_edit(user, story)


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


def decisions(user: User, story: Story) -> frozenset[str]:
    """What `user` may decide about the story as it stands, by the verbs of history; asks once
    whether they review it."""
    if not may_review(user, story):
        return frozenset()
    return frozenset(verb for verb, rule in DECISIONS.items() if rule(user, story))


def may_hide(user: User, story: Story) -> bool:
    return _may_decide("hide", user, story)


def is_held(story: Story) -> bool:
    """Whether it is hidden because of reports that nobody has decided about yet."""
    return story.state == State.HIDDEN and story.reports.open().exists()


def may_keep_as_it_is(user: User, story: Story) -> bool:
    return _may_decide("keep", user, story)


def may_unhide(user: User, story: Story) -> bool:
    return _may_decide("unhide", user, story)


def may_publish(user: User, story: Story) -> bool:
    return _may_decide("publish", user, story)


def is_beyond_review(user: User | None, story: Story) -> bool:
    """Whether it waits for a reviewer and there is none: then Kudos itself lets it be read."""
    return story.state == State.WAITING and not reviewers_of(story).exists()


def may_send_back(user: User, story: Story) -> bool:
    return _may_decide("send back", user, story)


def may_feature(user: User, story: Story) -> bool:
    return _may_decide("feature", user, story)


def may_unfeature(user: User, story: Story) -> bool:
    return _may_decide("unfeature", user, story)


def may_look(user: User, story: Story) -> bool:
    """Once: what has been looked at stays so until its teller changes it, or somebody asks this
    very person to look."""
    return _may_decide("look", user, story)


def may_hand_over(user: User, story: Story) -> bool:
    return _may_decide("hand over", user, story)


def _may_decide(verb: str, user: User, story: Story) -> bool:
    return DECISIONS[verb](user, story) and may_review(user, story)


def may_be_handed(to: User, story: Story, *, by: User) -> bool:
    """Another reviewer of this very story."""
    return to != by and to.is_active and may_review(to, story)


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


def may_read_reports(user: User, story: Story) -> bool:
    """Its reviewers, and never those whom it is by or about."""
    return may_review(user, story)


def may_read_history(user: User, story: Story) -> bool:
    """The teller, and reviewers of a company story: history keeps old texts and reasons."""
    return user.pk == story.teller_id or may_review(user, story)


def _is_waiting(_user: User, story: Story) -> bool:
    return story.state == State.WAITING


def _is_undecided(_user: User, story: Story) -> bool:
    return story.state in UNDECIDED


def _is_returnable(_user: User, story: Story) -> bool:
    return story.state in {State.WAITING, State.PUBLISHED} or is_held(story)


def _is_readable(_user: User, story: Story) -> bool:
    """Or was, until readers' reports took it off the feed: then hiding is to leave it so."""
    return story.is_published or is_held(story)


def _is_reported(_user: User, story: Story) -> bool:
    """While it is read; of one that waits hidden, showing it again says the same."""
    return story.is_published and story.reports.open().exists()


def _is_hidden(_user: User, story: Story) -> bool:
    return story.state == State.HIDDEN


def _is_plain(_user: User, story: Story) -> bool:
    return is_on_feed(story) and story.featured_at is None


def _is_featured(_user: User, story: Story) -> bool:
    return story.featured_at is not None


def _is_unseen(user: User, story: Story) -> bool:
    return is_on_feed(story) and (story.looked_at is None or story.handed_to_id == user.pk)


# When each decision is open to those who review the story.
DECISIONS: dict[str, Callable[[User, Story], bool]] = {
    "publish": _is_waiting,
    "send back": _is_returnable,
    "hide": _is_readable,
    "unhide": _is_hidden,
    "keep": _is_reported,
    "feature": _is_plain,
    "unfeature": _is_featured,
    "look": _is_unseen,
    "hand over": _is_undecided,
}
