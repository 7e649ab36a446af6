"""The verbs of a story's life: each one transaction, one history row, one signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.changes import Snapshot, difference
from accounts.models import History, User
from stories import access
from stories.models.choices import State, Visibility
from stories.models.deeds import DecidedError, last_decisive
from stories.models.limits import PUBLISHED_MAX
from stories.models.named import Answer
from stories.models.telling import standing
from stories.policies import is_reviewed_first
from stories.reviewers import reviewers_of
from stories.signals import (
    story_asked,
    story_changed,
    story_published,
    story_unreviewed,
)

if TYPE_CHECKING:
    from stories.models.story import Story

type Rule = Callable[[Any, Story], bool]


class Life(models.Model):
    """How a story moves from one state to the next (product.md, "A story's life").

    Every verb takes the row's lock, asks `access` again under it, and raises PermissionDenied
    when somebody was faster or may not: two people deciding at once cannot both win.
    """

    class Meta:
        abstract = True

    def submit(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """Send a draft on its way: published, kept private, or asking those who want to be asked.

        Raises ValidationError when a nominee, the headline, what they did or the customer group is
        missing, when a text is too long, or when it names its teller or somebody who has left.
        """
        with self.changing("submit", access.may_submit, by=by):
            self.looked_at = None
            self.check_complete()
            self.check_people([row.person for row in self.named.select_related("person")])
            self.drop_proposal()
            self.settle(by)

    def agree(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """Somebody asked agrees; the last one's answer publishes the story."""
        with self.changing("agree", access.may_answer, by=by):
            self.answer(by, Answer.AGREED)

    def agree_without_photo(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """Somebody asked agrees, if the story does without its photo: it may show them.

        The photo goes, and what it shows, as an edit takes one away. A face beside a name on cards
        is another matter: it is a person's own choice in their preferences, and stands wherever
        their name does.
        """
        with self.changing("agree without photo", access.may_answer, by=by):
            self.put_photo(False)
            self.answer(by, Answer.AGREED_WITHOUT_PHOTO)

    def answer(self: Story, by: User, answer: Answer) -> None:  # type: ignore[misc]
        self.named.filter(person=by).update(answer=answer)
        if not self.named.filter(answer=Answer.ASKED).exists():
            self.settle(by)

    def keep_private(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """One refusal makes the story private; the teller may do the same meanwhile or later."""
        with self.changing("keep private", access.may_keep_private, by=by):
            self.named.filter(person=by, answer=Answer.ASKED).update(answer=Answer.KEPT_PRIVATE)
            was_published = self.is_published
            self.visibility = Visibility.PRIVATE
            if was_published:
                self.announce_change(by)
            else:
                self.settle(by)

    def rewrite(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """Its teller asks nobody any longer and goes on writing, for one to name somebody else.

        Whoever agreed has agreed; whoever has not answered is asked anew once it is submitted.
        """
        with self.changing("rewrite", access.may_rewrite, by=by):
            self.state = State.DRAFT
            self.announce_change(by)

    def withdraw(self: Story, *, by: User) -> None:  # type: ignore[misc]
        """Take the story back, in whatever state. A draft is withdrawn too, never deleted."""
        with self.changing("withdraw", access.may_withdraw, by=by):
            self.state = State.WITHDRAWN
            self.drop_proposal()
            self.announce_change(by)

    def settle(self: Story, by: User | None, *, reviewed: bool = False) -> None:  # type: ignore[misc]
        """Let the wishes of those named decide, and then the company's policy: private, asking,
        waiting for a reviewer, or published now.

        A story that an edit made ask somebody anew is as new, its date included: the digest of
        the week in which it may be read again carries it. A private one is nobody's to review.
        """
        if self.named.want_privacy():
            self.visibility = Visibility.PRIVATE
        rows = self.named.to_ask(with_photo=bool(self.photo)).select_related("person")
        if to_ask := [] if self.is_private else list(rows):
            now = timezone.now()
            self.state = State.ASKING
            self.save()
            asked = self.named.filter(pk__in=[named.pk for named in to_ask])
            asked.update(answer=Answer.ASKED, asked_at=now)
            people = [named.person for named in to_ask]
            story_asked.send(type(self), story=self, by=by, people=people, at=now)
        elif reviewed or self.is_private or self.looked_at or not is_reviewed_first(self):
            self.release(by, reviewed=reviewed)
        elif reviewers_of(self).exists():
            self.state = State.WAITING
            self.waiting_since = timezone.now()
            self.save()
        else:
            # Nobody may decide about it, such as a single culture lead's own.
            self.release(by)
            story_unreviewed.send(type(self), story=self, by=by)

    def release(self: Story, by: User | None, *, reviewed: bool = False) -> None:  # type: ignore[misc]
        """Let it be read, from now on."""
        self.state = State.PUBLISHED
        self.published_at = timezone.now()
        self.save()
        story_published.send(type(self), story=self, by=by, reviewed=reviewed)

    def announce_change(self: Story, by: User | None, *, reviewed: bool = False) -> None:  # type: ignore[misc]
        """Save, then say that what readers may see has changed: receivers read the new row. `by` is
        None where a rule did it."""
        self.save()
        story_changed.send(type(self), story=self, by=by, reviewed=reviewed)

    def check_people(self: Story, added: list[User]) -> None:  # type: ignore[misc]
        """Raise ValidationError when the teller is named, or one of `added` has left."""
        if self.named.filter(person=self.teller).exists():
            raise ValidationError(_("Nobody can celebrate themselves."))
        for person in added:
            if not person.is_active:
                left = {"name": person.name}
                raise ValidationError(_("%(name)s no longer works here."), params=left)

    def check_complete(self: Story) -> None:  # type: ignore[misc]
        said = self.headline and self.what_they_did and self.customer_group_id
        if not (said and self.named.nominees().exists()):
            raise ValidationError(
                _("A story needs somebody to celebrate, what they did, a customer and a headline.")
            )
        if any(len(getattr(self, name)) > most for name, most in PUBLISHED_MAX.items()):
            raise ValidationError(_("A text of this story is longer than readers are shown."))

    @contextmanager
    def changing(  # type: ignore[misc]
        self: Story, verb: str, rule: Rule, *, by: User | None, note: str = "", seen: int = 0
    ) -> Iterator[Snapshot]:
        """One change: lock, ask the rule, do it, save, and write the row of history. Raises
        DecidedError where `seen` is not the newest row any more (deeds.py).

        Gives what the story said before. Of a story that goes back to its teller the row keeps
        all of that: what they then write over it leaves no row until they submit it again.
        """
        with transaction.atomic():
            locked = type(self).objects.select_for_update()
            self.refresh_from_db(from_queryset=locked)
            newest = last_decisive(self) if seen else None
            if newest and newest.pk != seen:
                raise DecidedError(newest)
            if not rule(by, self):
                raise PermissionDenied
            before: Snapshot = standing(self)
            yield before
            self.save()
            was, became = difference(before, standing(self))
            if self.state in access.BEFORE_SUBMITTING:
                was = before
            History.objects.record(verb, self, actor=by, note=note, before=was, after=became)
