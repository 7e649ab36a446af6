"""The vocabulary of every query about stories."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts import roles
from accounts.models import User
from accounts.reporting import below
from stories.models.choices import Role, State, Visibility
from stories.models.named import AGREEMENTS, Answer, Named

if TYPE_CHECKING:
    from stories.models.story import Story


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

    def visible_to(self, user: User) -> StoryQuerySet:
        """Every story that `user` may open, in whatever state (product.md, "A story's life").

        The teller sees all of theirs. Published company stories are everybody's; published
        private ones their nominees' and those nominees' direct managers' of today. Somebody asked
        sees what they are asked about. Waiting and hidden ones are left to reviewers, who decide.
        """
        celebrated = _names(person=user, role=Role.NOMINEE)
        managed = _names(person__manager=user, role=Role.NOMINEE)
        asked = _names(person=user, answer__in=[Answer.ASKED, *AGREEMENTS])
        seen = (
            Q(teller=user)
            | Q(state=State.PUBLISHED, visibility=Visibility.COMPANY)
            | Q(celebrated | managed, state=State.PUBLISHED, visibility=Visibility.PRIVATE)
            | Q(asked, state=State.ASKING)
        )
        if roles.is_reviewer(user):
            theirs = self.model.objects.reviewable_by(user)
            undecided = theirs.filter(state__in=[State.WAITING, State.HIDDEN])
            seen |= Q(pk__in=undecided.values("pk"))
        return self.filter(seen)

    def reviewable_by(self, user: User) -> StoryQuerySet:
        """The company stories, in whatever state, about which `user` may decide (product.md, "A
        story's life"; `access.may_review` says who)."""
        if not roles.is_reviewer(user):
            return self.none()
        theirs = self.filter(visibility=Visibility.COMPANY).exclude(teller=user)
        theirs = theirs.filter(~_names(person=user))
        if roles.reviews_everything(user):
            return theirs
        line = below([person.pk for person in roles.acting_for(user)]).values("pk")
        return theirs.filter(Q(teller__in=line) | _names(person__in=line, role=Role.NOMINEE))

    def joinable_by(self, user: User) -> StoryQuerySet:
        """Every story to which `user` may add their voice: published, theirs to read, told by
        somebody else and naming others, and without a voice of theirs."""
        others = self.visible_to(user).published().exclude(teller=user)
        joined = Exists(user.voices.filter(story=OuterRef("pk")))
        return others.exclude(_names(person=user)).exclude(joined)

    def with_card(self) -> StoryQuerySet:
        """With all that a story card shows, in a fixed number of queries.

        Nothing is joined to the page itself, so that its plan stays one scan of one index.
        """
        return self.prefetch_related(
            "customer_group",
            "values",
            Prefetch("teller", User.objects.select_related("department")),
            Prefetch("named", Named.objects.select_related("person__department")),
        )


def _names(**conditions: object) -> Exists:
    return Exists(Named.objects.filter(story=OuterRef("pk"), **conditions))
