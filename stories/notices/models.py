"""A notice: one mail that one person is owed about one story; and who does not want which kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from kudos.lib.outbox import OPEN, RETRIES, Outbox, OutboxQuerySet, State
from stories.models import Answer, Named, Outcome, Report, Story, Voice
from stories.models import State as StoryState
from stories.notices.kinds import Kind
from stories.notices.reminder import Reminder
from stories.notices.stand_in import StandInNotice

__all__ = ["RETRIES", "Kind", "Notice", "Reminder", "StandInNotice", "State", "SwitchedOff"]


PUBLISHED = frozenset({StoryState.PUBLISHED})
WHILE_ASKING = frozenset({Kind.ASKED, Kind.ASKED_AGAIN, Kind.UNANSWERED})
# In which states a story still is as the notice says; in any other it lapses.
STATES: dict[str, frozenset[StoryState]] = {
    **dict.fromkeys(WHILE_ASKING, frozenset({StoryState.ASKING})),
    Kind.SENT_BACK: frozenset({StoryState.RETURNED}),
    Kind.HIDDEN: frozenset({StoryState.HIDDEN}),
    Kind.HANDED_OVER: frozenset({StoryState.WAITING, StoryState.PUBLISHED, StoryState.HIDDEN}),
}


class SwitchedOffQuerySet(models.QuerySet["SwitchedOff"]):
    def wanting(self, people: list[User], kind: Kind) -> list[User]:
        """Those of these people who want this kind of mail."""
        off = set(self.filter(kind=kind, person__in=people).values_list("person_id", flat=True))
        return [person for person in people if person.pk not in off]

    def choose(self, person: User, choices: Mapping[Kind, bool]) -> None:
        """Turn these kinds on or off for one person, and leave the others as they are."""
        off = [kind for kind, is_wanted in choices.items() if not is_wanted]
        with transaction.atomic():
            self.filter(person=person, kind__in=choices.keys() - off).delete()
            rows = [SwitchedOff(person=person, kind=kind) for kind in off]
            self.bulk_create(rows, ignore_conflicts=True)


class SwitchedOff(models.Model):
    """One row: this person does not want this kind of mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)

    objects = SwitchedOffQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="switched_off_once")]

    def __str__(self) -> str:
        return f"{self.kind}: not for {self.person_id}"


class NoticeQuerySet(OutboxQuerySet["Notice"]):
    def due(self) -> Self:
        """What a newer release owes is left to its own workers: for those of this one it has no
        mail, and would have failed."""
        return super().due().filter(kind__in=Kind.values)

    def owe(
        self,
        story: Story,
        people: list[User],
        kind: Kind,
        *,
        wait: timedelta = timedelta(),
        occasion: int = 0,
    ) -> None:
        """Note that these people are to be told, after a while; those told already of this
        occasion, those who do not want to be, and those without a mailbox, are left out.

        A notice that had lapsed, because its story was hidden or its kind switched off for a
        while, is due again. What has not gone yet of an earlier occasion lapses: a decision that
        is undone and taken again at once is told once. What is told once a story does not.
        """
        wanting = SwitchedOff.objects.wanting(people, kind)
        readers = [person for person in wanting if person.email and person.is_active]
        # The date that the mail will bear.
        date = timezone.now() + wait
        self.bulk_create(
            [
                Notice(
                    story=story,
                    person=person,
                    kind=kind,
                    occasion=occasion,
                    created_at=date,
                    next_attempt_at=Now() + wait,
                )
                for person in readers
            ],
            ignore_conflicts=True,
        )
        of_kind = self.filter(story=story, kind=kind, person__in=readers)
        of_kind.filter(occasion=occasion, state=State.LAPSED).update(
            state=State.PENDING, next_attempt_at=Now() + wait, attempts=0
        )
        earlier = of_kind.filter(occasion__gt=0, occasion__lt=occasion)
        earlier.filter(state=State.PENDING).update(state=State.LAPSED)


class Notice(Outbox):
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    story = models.ForeignKey(Story, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind)
    # The row of History that it tells of, of Report where it is about one, or what asking.py makes
    # of a moment; 0 for what is told once a story. The release before writes notices without it.
    occasion = models.BigIntegerField(default=0, db_default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "story", "kind", "occasion"], name="notice_once_an_occasion"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(state__in=OPEN), name="notice_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.person_id} about {self.story_id}"

    @property
    def is_wanted(self) -> bool:
        """Whether its reader still wants this kind of mail."""
        return not SwitchedOff.objects.filter(person=self.person_id, kind=self.kind).exists()

    @property
    def is_last(self) -> bool:
        """Whether no further notice of this kind is owed to this person about this story."""
        same = Notice.objects.filter(person=self.person_id, story=self.story_id, kind=self.kind)
        return not same.filter(state__in=OPEN).exclude(pk=self.pk).exists()

    @property
    def readable_story(self) -> Story | None:
        """The story, if the notice still fits its state and this person may still read it; whoever
        reported it hears what became of it even where that is that they do not."""
        if self.kind == Kind.REPORTED:
            reported = Story.objects.reported().filter(pk=self.story_id)
            return reported.reviewable_by(self.person).first()
        if self.kind == Kind.REPORT_OUTCOME:
            closed = Report.objects.filter(pk=self.occasion).exclude(outcome=Outcome.OPEN)
            return Story.objects.filter(pk=self.story_id, reports__in=closed).first()
        states = STATES.get(self.kind, PUBLISHED)
        readable = Story.objects.visible_to(self.person).filter(pk=self.story_id, state__in=states)
        if self.kind == Kind.HANDED_OVER:
            readable = readable.filter(handed_to=self.person)
        if self.kind == Kind.EDIT_SENT_BACK:
            readable = readable.filter(proposal__returned_at__isnull=False)
        if self.kind in WHILE_ASKING:
            asked = Named.objects.filter(story=OuterRef("pk"), answer=Answer.ASKED)
            theirs = asked if self.kind == Kind.UNANSWERED else asked.filter(person=self.person)
            readable = readable.filter(Exists(theirs))
        if self.kind == Kind.VOICED:
            readable = readable.filter(Exists(Voice.objects.heard().filter(story=OuterRef("pk"))))
        return readable.with_card().first()
