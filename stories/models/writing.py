"""Putting a telling into a story: as a draft, and as an edit that history remembers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.changes import Snapshot, difference
from accounts.models import User
from stories import access
from stories.models.choices import Visibility
from stories.models.named import Answer, Named
from stories.models.telling import TEXTS, Telling, fingerprint, snapshot
from stories.reviewers import reviewers_of

if TYPE_CHECKING:
    from stories.models.story import Story


class UnchangedError(Exception):
    """The story says this already, perhaps since the first click of two."""


class OvertakenError(Exception):
    """Somebody changed the story while this was being written."""


class Writing(models.Model):
    class Meta:
        abstract = True

    def keep(self: Story, telling: Telling, *, by: User) -> bool:  # type: ignore[misc]
        """Save a draft as typed; nothing is required. False, and nothing changed, once it was
        submitted: a late autosave must not touch what readers see."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if not access.may_submit(by, self):
                return False
            self.visibility = telling.visibility
            self.put(telling)
            self.save()
            return True

    def edit(self: Story, telling: Telling, *, by: User, seen: str = "") -> bool:  # type: ignore[misc]
        """Change a story that is read, or waits for a reviewer; False, and nothing changed, where
        it says this already. Where reviewers see everything first, what the teller of a story
        that is read changes becomes a proposal (`Proposing`).

        Naming somebody new asks them as if the story were new; visibility only narrows, and only
        by its teller: a reviewer hides, with a reason. `seen` is the fingerprint of what the form
        opened with (`as_opened_by`), "" if unknown.

        Raises PermissionDenied outside the edit window, ValidationError as `submit` does, and
        OvertakenError when the story says something else than `seen` by now.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            is_stale = bool(seen) and seen != fingerprint(self.as_opened_by(by))
            try:
                if self.edit_waits(telling, by=by):
                    self.propose(telling, by=by, is_stale=is_stale)
                else:
                    with self.changing("edit", access.may_edit_at_once, by=by) as before:
                        self.change(telling, before, by=by, is_stale=is_stale)
            except UnchangedError:
                return False
        return True

    def change(  # type: ignore[misc]
        self: Story, telling: Telling, before: Snapshot, *, by: User, is_stale: bool
    ) -> None:
        """What `edit` does at once."""
        if telling.visibility == Visibility.PRIVATE and by == self.teller:
            self.visibility = Visibility.PRIVATE
        already = self.people_named()
        self.put(telling)
        self.check_meanwhile(before, is_stale=is_stale)
        if by == self.teller:
            self.drop_proposal()
        self.let_edit_be_read(already, by=by)

    def let_edit_be_read(  # type: ignore[misc]
        self: Story, already: set[int], *, by: User | None, reviewed: bool = False
    ) -> None:
        """The new text is in its place; `already` are the people whom the old one named."""
        self.mark_edited()
        # What a reviewer writes, or lets be read, a reviewer has seen.
        self.looked_at = None if by in (None, self.teller) else timezone.now()
        added = self.check_edited(already)
        if self.needs_asking(added) or self.waits_in_vain():
            self.settle(by, reviewed=reviewed)
        self.announce_change(by)

    def mark_edited(self: Story) -> None:  # type: ignore[misc]
        """For readers, who have read the old text."""
        self.edited_at = timezone.now() if self.is_published else self.edited_at

    def check_edited(self: Story, already: set[int]) -> list[User]:  # type: ignore[misc]
        """The newly named. Raises ValidationError as `submit` does."""
        self.check_complete()
        added = [row.person for row in self.named.exclude(person__in=already)]
        self.check_people(added)
        return added

    def people_named(self: Story) -> set[int]:  # type: ignore[misc]
        return set(self.named.values_list("person_id", flat=True))

    def waits_in_vain(self: Story) -> bool:  # type: ignore[misc]
        """Whether an edit left nobody who may decide about a story that waits."""
        return self.is_waiting and (self.is_private or not reviewers_of(self).exists())

    def check_meanwhile(self: Story, before: Snapshot, *, is_stale: bool) -> None:  # type: ignore[misc]
        """Raise UnchangedError or OvertakenError where there is nothing to save, or not yet.

        A photo that a double click sends twice is a new file each time, and overtakes nobody.
        """
        changed, _became = difference(before, snapshot(self))
        if not changed:
            raise UnchangedError
        if is_stale and changed.keys() - {"photo"}:
            raise OvertakenError

    def needs_asking(self: Story, added: list[User]) -> bool:  # type: ignore[misc]
        """Whether one of the newly named wants a say before the story is read on, or a photo came
        to it that somebody had agreed to do without."""
        if self.is_private:
            return False
        new = Q(person__in=added)
        concerned = self.named.filter(new | Q(answer=Answer.AGREED_WITHOUT_PHOTO))
        asks = concerned.to_ask(with_photo=bool(self.photo)).exists()
        return asks or self.named.filter(new).want_privacy()

    def put(self: Story, telling: Telling) -> None:  # type: ignore[misc]
        """Copy the telling into this row and its rows of people and values."""
        for name in TEXTS:
            setattr(self, name, getattr(telling, name))
        self.customer_group = telling.customer_group
        self.values.set(telling.values)
        self.name_people(telling.nominees, telling.helping_hands)
        self.put_photo(telling.photo)

    def name_people(self: Story, nominees: list[User], helping_hands: list[User]) -> None:  # type: ignore[misc]
        """Make the rows of people match; those who stay keep what they answered."""
        plan = Named.plan(nominees, helping_hands)
        self.named.exclude(person__in=plan).delete()
        Named.objects.bulk_create(
            [
                Named(story=self, person_id=person, role=role, position=position)
                for person, (role, position) in plan.items()
            ],
            update_conflicts=True,
            unique_fields=["story", "person"],
            update_fields=["role", "position"],
        )

    def put_photo(self: Story, photo: UploadedFile[Any] | str | bool | None) -> None:  # type: ignore[misc]
        """Keep the photo (None), take it away (False), or replace it.

        The old file goes only after the commit, so that a rollback still has it.
        """
        if photo is None:
            return
        if self.photo:
            transaction.on_commit(partial(default_storage.delete, str(self.photo.name)))
        self.photo = photo or ""
        if not photo:
            self.photo_alt = ""
