"""Changing a story that is read already, where reviewers see everything first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.changes import Snapshot
from accounts.models import User
from stories import access, decisions
from stories.models.choices import Visibility
from stories.models.proposal import Proposal, told_by, wording
from stories.models.telling import Telling, snapshot
from stories.models.writing import OvertakenError, UnchangedError
from stories.policies import is_reviewed_first
from stories.reasons import UNREADABLE
from stories.reviewers import reviewers_of
from stories.signals import story_unreviewed

if TYPE_CHECKING:
    from stories.models.story import Story


class Proposing(models.Model):
    """A teller's edit of what the company reads becomes a proposal; a reviewer decides about it.

    It waits only while the story is on the feed: hidden, private or asking, it stays as it is and
    nobody decides. It goes away when the story is withdrawn, or submitted anew.
    """

    class Meta:
        abstract = True

    @property
    def proposed(self) -> Proposal | None:
        """What its teller wants it to say, if anything, whether it waits or was sent back."""
        return getattr(self, "proposal", None)

    @property
    def has_waiting_edit(self: Story) -> bool:  # type: ignore[misc]
        proposal = self.proposed
        return proposal is not None and not proposal.is_returned and access.is_on_feed(self)

    def edit_waits(self: Story, telling: Telling, *, by: User) -> bool:  # type: ignore[misc]
        """Whether readers go on reading the old text until a reviewer has decided.

        What its teller narrows needs no review, and what nobody may review does not wait. After the
        day a teller changes nothing at once any more, only what they have proposed in it: that
        waits also where there is no reviewer, until `publish_edit_unreviewed`.
        """
        is_narrowed = telling.visibility == Visibility.PRIVATE
        if by != self.teller or not access.is_on_feed(self) or is_narrowed:
            return False
        if not access.within_edit_window(self):
            return True
        if not is_reviewed_first(self, *telling.nominees):
            return False
        named = [person.pk for person in (*telling.nominees, *telling.helping_hands)]
        return reviewers_of(self, without=named).exists()

    def opened_by(self: Story, person: User) -> Proposal | None:  # type: ignore[misc]
        """What the form to change it opens with for this person, in the place of the story."""
        return self.proposed if person.pk == self.teller_id and self.is_published else None

    def as_opened_by(self: Story, person: User) -> Snapshot:  # type: ignore[misc]
        proposal = self.opened_by(person)
        return proposal.snapshot() if proposal else snapshot(self)

    def propose(self: Story, telling: Telling, *, by: User, is_stale: bool) -> None:  # type: ignore[misc]
        """What `edit` does where it waits; it holds the lock. Saying again what the story says
        takes an earlier proposal back."""
        if not access.may_propose_edit(by, self):
            raise PermissionDenied
        if telling.photo is False:
            telling = replace(telling, photo_alt="")
        self.check_proposed_meanwhile(telling, is_stale=is_stale)
        self.take_away(telling, by=by)
        self.rehearse(telling)
        now = wording(told_by(self))
        says = {name: said for name, said in wording(telling).items() if said != now[name]}
        kept_photo = telling.photo is None and self.proposed and self.proposed.photo
        if says or telling.photo or kept_photo:
            with self.changing("propose edit", access.may_propose_edit, by=by):
                proposal = self.proposed or Proposal(story=self)
                proposal.keep(says, telling.photo)
        elif self.proposed:
            self.take_edit_back(by=by)

    def check_proposed_meanwhile(  # type: ignore[misc]
        self: Story, telling: Telling, *, is_stale: bool
    ) -> None:
        """As `check_meanwhile`. What was sent back may be proposed again as it is."""
        proposal = self.proposed
        was = proposal.telling() if proposal else told_by(self)
        is_reworded = wording(telling) != wording(was)
        is_without = not (self.photo or (proposal and proposal.photo))
        is_same = not is_reworded and (telling.photo is None or (not telling.photo and is_without))
        if is_same and not (proposal and proposal.is_returned):
            raise UnchangedError
        if is_stale and is_reworded:
            raise OvertakenError

    def take_away(self: Story, telling: Telling, *, by: User) -> None:  # type: ignore[misc]
        """The photo and the customer's name go at once: who does not want to be shown or named
        is not kept waiting."""
        is_without_photo = telling.photo is False and bool(self.photo)
        is_without_name = bool(self.customer_name) and not telling.customer_name
        if not (is_without_photo or is_without_name):
            return
        with self.changing("edit", access.may_propose_edit, by=by):
            if is_without_photo:
                self.put_photo(False)
            if is_without_name:
                self.customer_name, self.customer_agreed = "", telling.customer_agreed
            self.mark_edited()
            self.announce_change(by)

    def rehearse(self: Story, telling: Telling) -> None:  # type: ignore[misc]
        """Raise ValidationError where the story could not be read so; it stays as it is."""
        already = self.people_named()
        try:
            with transaction.atomic():
                self.put(replace(telling, photo=None))
                self.check_edited(already)
                transaction.set_rollback(True)
        finally:
            self.refresh_from_db()

    def take_edit_back(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """The teller thinks better of what they proposed."""
        with self.changing("take edit back", access.may_take_edit_back, by=by):
            self.drop_proposal()

    def publish_edit(self: Story, *, by: User, seen: int = 0) -> None:  # type: ignore[misc]
        """Let what was proposed be read. Raises ValidationError as `edit` does: somebody may have
        left since; and whoever it names newly is asked first, where they want that."""
        with self.deciding("publish edit", decisions.may_decide_edit, by=by, seen=seen):
            self.put_proposed(by=by)

    def publish_edit_unreviewed(self: Story) -> None:  # type: ignore[misc]
        """Let what was proposed be read where nobody may decide about it any more: all who might
        have left. What cannot be read so goes back to its teller."""
        rule = decisions.is_edit_beyond_review
        try:
            with transaction.atomic():
                with self.deciding("publish edit", rule, by=None):
                    self.put_proposed(by=None)
                if self.is_published:
                    story_unreviewed.send(type(self), story=self, by=None)
        except ValidationError:
            with self.deciding("send edit back", rule, by=None, note=UNREADABLE):
                self.return_proposal(UNREADABLE)

    def put_proposed(self: Story, *, by: User | None) -> None:  # type: ignore[misc]
        already = self.people_named()
        self.put(self.proposal.telling())
        # Its photo is the story's now.
        self.drop_proposal(with_photo=False)
        self.let_edit_be_read(already, by=by, reviewed=True)

    def send_edit_back(self: Story, *, by: User, note: str, seen: int = 0) -> None:  # type: ignore[misc]
        """Readers go on reading the old text. The teller keeps the new one, and reads the note."""
        rule = decisions.may_decide_edit
        with self.deciding("send edit back", rule, by=by, note=note, seen=seen):
            self.return_proposal(note)

    def return_proposal(self: Story, note: str) -> None:  # type: ignore[misc]
        self.proposal.returned_at, self.proposal.note = timezone.now(), note
        self.proposal.save()

    def drop_proposal(self: Story, *, with_photo: bool = True) -> None:  # type: ignore[misc]
        """What was proposed is gone."""
        if proposal := self.proposed:
            if with_photo:
                proposal.forget_photo()
            proposal.delete()
            self._state.fields_cache.pop("proposal")
