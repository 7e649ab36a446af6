"""What the reviewers of a story may decide about it, and when.

Who reviews it at all is `access.may_review`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from stories.access import is_on_feed, may_review, may_take_edit_back
from stories.models.choices import State
from stories.reach import DIGEST_REACHES_BACK
from stories.reviewers import reviewers_of, reviewers_of_edit

if TYPE_CHECKING:
    from stories.models.story import Story
    from stories.querysets import StoryQuerySet

UNDECIDED = frozenset({State.WAITING, State.PUBLISHED, State.HIDDEN})


def open_to(user: User, story: Story) -> frozenset[str]:
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


def may_decide_edit(user: User, story: Story) -> bool:
    """Who reviews the story, unless the proposal names them."""
    waiting: StoryQuerySet = type(story).objects.edits_for(user)
    return waiting.filter(pk=story.pk).exists()


def is_edit_beyond_review(user: User | None, story: Story) -> bool:
    """Whether a change of it waits for a reviewer and there is none."""
    return story.has_waiting_edit and not reviewers_of_edit(story).exists()


def may_read_edit(user: User, story: Story) -> bool:
    """Its teller as long as there is one, and reviewers while they may decide about it."""
    return may_take_edit_back(user, story) or may_decide_edit(user, story)


def may_read_reports(user: User, story: Story) -> bool:
    """Its reviewers, and never those whom it is by or about."""
    return may_review(user, story)


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
    """Also once more, after its week."""
    return is_on_feed(story) and not story.is_featured


def _is_featured(_user: User, story: Story) -> bool:
    """Also after its week, as long as a digest that comes late may still tell it first."""
    return story.is_featured or _may_lead_a_digest(story)


def _may_lead_a_digest(story: Story) -> bool:
    if story.featured_at is None or story.published_at is None or not is_on_feed(story):
        return False
    return timezone.now() < story.published_at + DIGEST_REACHES_BACK


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
