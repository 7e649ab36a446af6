"""The vocabulary of every query about stories."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from accounts import roles
from accounts.models import User
from accounts.reporting import below
from stories.models.choices import Role, State, Visibility
from stories.models.named import AGREEMENTS, Answer, Named
from stories.models.proposal import Proposal
from stories.models.report import Report

if TYPE_CHECKING:
    from stories.models.story import Story


# Pinned on the feed for the week, these many at once.
FEATURED_FOR = timedelta(days=7)
FEATURED_MOST = 3


class StoryQuerySet(models.QuerySet["Story"]):
    def for_key(self, teller: User, key: UUID) -> Story:
        """The one story of this teller and form: made as a draft the first time.

        The key comes with the form, so that a double click, a resubmission and every draft
        saved while typing find the same row.
        """
        story, _created = self.get_or_create(teller=teller, key=key)
        return story

    def published(self) -> StoryQuerySet:
        return self.filter(state=State.PUBLISHED)

    def on_feed(self) -> StoryQuerySet:
        """What everybody at the company may read, newest first: one scan of `story_on_feed`."""
        return self.published().filter(visibility=Visibility.COMPANY).newest_first()

    def featured(self) -> StoryQuerySet:
        """Those that are pinned on the feed this week, the newest featured first."""
        since = timezone.now() - FEATURED_FOR
        pinned = self.filter(featured_at__gt=since).order_by("-featured_at", "-pk")
        return pinned[:FEATURED_MOST]

    def newest_first(self) -> StoryQuerySet:
        return self.order_by("-published_at", "-pk")

    def told_by(self, person: User) -> StoryQuerySet:
        return self.filter(teller=person)

    def celebrating(self, person: User) -> StoryQuerySet:
        return self.filter(_names(person=person, role=Role.NOMINEE))

    def helped_by(self, person: User) -> StoryQuerySet:
        return self.filter(_names(person=person, role=Role.HELPER))

    def waiting_for(self, person: User) -> StoryQuerySet:
        """Those that wait for this person to say whether they may be published."""
        asked = _names(person=person, answer=Answer.ASKED)
        return self.filter(asked, state=State.ASKING)

    def asking_once(self, person: User) -> StoryQuerySet:
        """Those about which this person was asked at some time: that there are such stories is no
        news to them, whether they may open them by now or not."""
        asked = Named.objects.filter(story=OuterRef("pk"), person=person)
        return self.filter(Exists(asked.exclude(answer=Answer.NOT_ASKED)))

    def readable_by(self, user: User) -> StoryQuerySet:
        """Every story that `user` may open without being its reviewer: what lists and counts show,
        and what readers take part in.

        The teller sees all of theirs. Published company stories are everybody's; published
        private ones their nominees' and those nominees' direct managers' of today. Somebody asked
        sees what they are asked about.
        """
        return self.filter(_readable_by(user))

    def visible_to(self, user: User) -> StoryQuerySet:
        """Every story that `user` may open, in whatever state (product.md, "A story's life").

        Beside what they read, waiting and hidden ones are left to reviewers, who decide, and so
        are published private ones that were reported.
        """
        seen = _readable_by(user)
        if roles.is_reviewer(user):
            theirs = self.model.objects.reviewable_by(user)
            private = Q(state=State.PUBLISHED, visibility=Visibility.PRIVATE)
            undecided = theirs.filter(Q(state__in=[State.WAITING, State.HIDDEN]) | private)
            seen |= Q(pk__in=undecided.values("pk"))
        return self.filter(seen)

    def reviewable_by(self, user: User) -> StoryQuerySet:
        """The company stories, in whatever state, and the private ones that one of their few has
        reported, about which `user` may decide (product.md, "A story's life"; `access.may_review`
        says who)."""
        if not roles.is_reviewer(user):
            return self.none()
        opened = Exists(Report.objects.filter(story=OuterRef("pk"), opens=True))
        theirs = self.filter(Q(visibility=Visibility.COMPANY) | opened).exclude(teller=user)
        theirs = theirs.filter(~_names(person=user))
        if roles.is_culture_lead(user):
            return theirs
        return theirs.filter(reduce(or_, map(_reviewed_for, roles.acting_for(user))))

    def with_waiting_edit(self) -> StoryQuerySet:
        """Those on the feed of which a teller's edit waits for a reviewer."""
        waiting = self.published().filter(visibility=Visibility.COMPANY)
        return waiting.filter(proposal__isnull=False, proposal__returned_at=None)

    def edits_for(self, user: User) -> StoryQuerySet:
        """Those of which `user` may decide whether the edit that waits is read."""
        return self.reviewable_by(user).with_edit_for(user)

    def with_edit_for(self, reviewer: User) -> StoryQuerySet:
        """Of what this person reviews, those of which an edit waits that does not name them, nor
        the one in whose place they would decide."""
        waiting = self.with_waiting_edit().filter(~_proposed(reviewer))
        if roles.is_culture_lead(reviewer) or len(acting := roles.acting_for(reviewer)) == 1:
            return waiting
        theirs = (_reviewed_for(person) & ~Q(_proposed(person)) for person in acting)
        return waiting.filter(reduce(or_, theirs))

    def joinable_by(self, user: User) -> StoryQuerySet:
        """Every story to which `user` may add their voice: published, theirs to read, told by
        somebody else and naming others, and without a voice of theirs."""
        others = self.readable_by(user).published().exclude(teller=user)
        joined = Exists(user.voices.filter(story=OuterRef("pk")))
        return others.exclude(_names(person=user)).exclude(joined)

    def reportable_by(self, user: User) -> StoryQuerySet:
        """Every story that `user` may report: published, theirs to read, told by somebody else, and
        without an open report of theirs."""
        others = self.readable_by(user).published().exclude(teller=user)
        return others.exclude(Exists(user.story_reports.open().filter(story=OuterRef("pk"))))

    def reported(self) -> StoryQuerySet:
        """Those on which readers wait for a reviewer's word."""
        waits = Report.objects.open().filter(story=OuterRef("pk"))
        return self.filter(Exists(waits), state__in=[State.PUBLISHED, State.HIDDEN])

    def with_card(self) -> StoryQuerySet:
        """With all that a story card shows, in a fixed number of queries.

        Nothing is joined to the page itself, so that its plan stays one scan of one index.
        """
        return self.prefetch_related(*card_parts())


def card_parts() -> list[Any]:
    """What a card shows of other rows than its story's."""
    return [
        "customer_group",
        "values",
        Prefetch("teller", User.objects.select_related("department")),
        Prefetch("named", Named.objects.select_related("person__department")),
    ]


def _readable_by(user: User) -> Q:
    celebrated = _names(person=user, role=Role.NOMINEE)
    managed = _names(person__manager=user, role=Role.NOMINEE)
    asked = _names(person=user, answer__in=[Answer.ASKED, *AGREEMENTS])
    return (
        Q(teller=user)
        | Q(state=State.PUBLISHED, visibility=Visibility.COMPANY)
        | Q(celebrated | managed, state=State.PUBLISHED, visibility=Visibility.PRIVATE)
        | Q(asked, state=State.ASKING)
    )


def _reviewed_for(reviewer: User) -> Q:
    """What may be decided in this reviewer's place: what they might decide themselves, and so
    nothing that they told or that names them."""
    if roles.is_culture_lead(reviewer):
        reviewed = Q()
    else:
        line = below([reviewer.pk]).values("pk")
        reviewed = Q(Q(teller__in=line) | _names(person__in=line, role=Role.NOMINEE))
    return reviewed & ~Q(teller=reviewer) & ~Q(_names(person=reviewer))


def _names(**conditions: object) -> Exists:
    return Exists(Named.objects.filter(story=OuterRef("pk"), **conditions))


def _proposed(person: User) -> Exists:
    """Whether the edit that waits names this person newly."""
    return Exists(Proposal.objects.filter(story=OuterRef("pk"), people=person))
