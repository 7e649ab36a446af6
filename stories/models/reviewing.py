"""What reviewers do with a story: each verb one transaction, one history row, one signal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.changes import Snapshot
from accounts.models import History, User
from stories import access, decisions
from stories.models.choices import State
from stories.models.deeds import last_deed
from stories.models.telling import standing
from stories.signals import story_decided, story_unreviewed

if TYPE_CHECKING:
    from stories.models.life import Rule
    from stories.models.story import Story

# Shown for 10 seconds; what a slow line adds still counts. The mails of a decision wait longer.
UNDO_WINDOW = timedelta(seconds=13)
# Letting an edit be read is not among them: whoever it names newly hears of it at once, and whoever
# it leaves out loses what they had answered.
UNDOABLE = frozenset(
    {
        "publish",
        "send back",
        "hide",
        "unhide",
        "keep",
        "feature",
        "unfeature",
        "look",
        "hand over",
        "send edit back",
    }
)


class TooLateError(Exception):
    """The decision stands: its ten seconds are over, or the story has changed since."""


class Reviewing(models.Model):
    """`seen` is the key of the row of history that the reviewer knew as the newest, 0 if unknown:
    once there is a newer one, the verb raises DecidedError and changes nothing (`deeds.py`)."""

    class Meta:
        abstract = True

    def publish(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Let a waiting story be read. What those named want by now still counts: it may turn
        private, or ask somebody, and then it is published without a second review."""
        with self.deciding("publish", decisions.may_publish, by=by, seen=seen):
            self.looked_at = timezone.now()
            self.handed_to = None
            self.settle(by, reviewed=True)

    def publish_unreviewed(self: Story) -> None:  # type: ignore[misc]
        """Let a waiting story be read that nobody may review any more: all who might have left."""
        with self.deciding("publish", decisions.is_beyond_review, by=None):
            self.settle(None, reviewed=True)
            if self.is_published:
                story_unreviewed.send(type(self), story=self, by=None)

    def send_back(self: Story, *, by: User, note: str, seen: int = 0) -> None:  # type: ignore[misc]
        """Let the teller write it anew, with a note that they read."""
        with self.deciding("send back", decisions.may_send_back, by=by, note=note, seen=seen):
            self.state = State.RETURNED
            self.handed_to = None
            self.announce_change(by)

    def hide(self: Story, *, by: User, note: str, seen: int = 0) -> None:  # type: ignore[misc]
        """Take a published story off the feed, for a reason that its teller will read."""
        with self.deciding("hide", decisions.may_hide, by=by, note=note, seen=seen):
            self.state = State.HIDDEN
            self.handed_to = None
            self.announce_change(by)

    def unhide(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Put a hidden story back where it was, with its old date."""
        with self.deciding("unhide", decisions.may_unhide, by=by, seen=seen):
            self.state = State.PUBLISHED
            self.handed_to = None
            self.announce_change(by, reviewed=True)

    def keep_as_it_is(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Nothing is wrong with a story that was reported."""
        with self.deciding("keep", decisions.may_keep_as_it_is, by=by, seen=seen):
            self.looked_at = timezone.now()
            self.handed_to = None

    def feature(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Put it first in the next digest, and on top of the feed for a week."""
        with self.deciding("feature", decisions.may_feature, by=by, seen=seen):
            self.featured_at = timezone.now()
            self.looked_at = self.looked_at or self.featured_at
            self.handed_to = None

    def unfeature(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        with self.deciding("unfeature", decisions.may_unfeature, by=by, seen=seen):
            self.featured_at = None

    def look(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Clear a published story from "This week", and change nothing else."""
        with self.deciding("look", decisions.may_look, by=by, seen=seen):
            self.looked_at = self.looked_at or timezone.now()
            self.handed_to = None

    def hand_over(  # type: ignore[misc]
        self: Story, to: User, *, by: User, note: str = "", seen: int = 0
    ) -> None:
        """Ask another reviewer of this story to decide. Raises PermissionDenied where `to` may not
        review it."""
        with self.deciding("hand over", decisions.may_hand_over, by=by, note=note, seen=seen):
            if not decisions.may_be_handed(to, self, by=by):
                raise PermissionDenied
            self.handed_to = to

    def undo(self: Story, deed: int, *, by: User) -> None:  # type: ignore[misc]
        """Take back one's own decision, within its seconds: the inverse, with a row of its own.

        Raises TooLateError after them, where anything else has happened to the story since, and
        where the decision made somebody named decide, which nothing takes back.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            row = last_deed(self)
            if row is None or row.pk != deed or not self.may_be_undone(row, by):
                raise TooLateError
            with self.deciding(f"undo {row.verb}", access.may_review, by=by):
                self.put_back(row.before)
                if row.verb == "send edit back":
                    self.proposal.wait_again()
                if "state" in row.before:
                    self.announce_change(by)

    def may_be_undone(self: Story, row: History, by: User) -> bool:  # type: ignore[misc]
        """`row` is the newest. What a teller changed in a story that they got back counts, too."""
        left = {**row.before, **row.after}
        now = standing(self)
        return (
            row.actor == by
            and row.verb in UNDOABLE
            and timezone.now() <= row.at + UNDO_WINDOW
            and "visibility" not in row.after
            and row.after.get("state") != State.ASKING
            and all(now[name] == left[name] for name in left)
        )

    def put_back(self: Story, before: Snapshot) -> None:  # type: ignore[misc]
        """As it stood before the decision, of which `before` keeps what it changed."""
        self.state = State(before.get("state", self.state))
        if self.state == State.WAITING:
            self.published_at = None
        if not before.get("looked_at", True):
            self.looked_at = None
        if "handed_to" in before:
            self.handed_to = User.objects.filter(ref=before["handed_to"]).first()
        if "featured" in before:
            self.featured_at = parse_datetime(before["featured"])

    @contextmanager
    def deciding(  # type: ignore[misc]
        self: Story, verb: str, rule: Rule, *, by: User | None, note: str = "", seen: int = 0
    ) -> Iterator[Snapshot]:
        """One change by a reviewer, or where there is none by a rule, of which receivers then
        hear."""
        with transaction.atomic():
            with self.changing(verb, rule, by=by, note=note, seen=seen) as before:
                yield before
            deed = History.objects.about(self).last()
            story_decided.send(type(self), story=self, by=by, deed=deed)
