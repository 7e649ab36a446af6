"""A manager's team: when each of them was last celebrated, told a story or lent a hand.

It is one manager's and nobody else's, by name and never by number: no leaderboard of people
(product.md). Everything here counts the published stories that this manager may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from stories.forms.named import well_formed
from stories.models import Role, Story

if TYPE_CHECKING:
    from stories.querysets import StoryQuerySet

LATELY = timedelta(days=90)
PEOPLE_A_PAGE = 30
DEEDS = ("celebrated", "told", "helped")


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody of the team, and the last story of each kind; None where there is none yet."""

    person: User
    celebrated: Story | None
    told: Story | None
    helped: Story | None


@dataclass(frozen=True, slots=True)
class People[P]:
    """One page of the team, by name; `after` leads to the next page, or is ""."""

    shown: list[P]
    after: str


class Team:
    """Those who report to `manager` today, as far as their stories are the manager's to read."""

    def __init__(self, manager: User) -> None:
        self.readable: StoryQuerySet = Story.objects.readable_by(manager).published()
        reports = User.objects.filter(manager=manager, is_active=True)
        self.people = reports.select_related("department").order_by("name", "pk")

    def not_celebrated_lately(self) -> QuerySet[User]:
        """Those whom no story of the last 90 days celebrates."""
        lately = self.readable.filter(
            named__person=OuterRef("pk"),
            named__role=Role.NOMINEE,
            published_at__gte=timezone.now() - LATELY,
        )
        return self.people.filter(~Exists(lately))

    def has_stories(self) -> bool:
        """Whether any story celebrates, thanks or was told by anybody of the team."""
        has_any = Q()
        for deed in DEEDS:
            has_any |= Q(**{f"last_{deed}__isnull": False})
        return self._with_last(self.people).filter(has_any).exists()

    def page(self, people: QuerySet[User], after: str = "") -> People[Report]:
        """Up to 30 of these people of the team with what they last did, in two queries, and one
        more where it goes on `after` somebody. Raises Http404 for a forgery."""
        page = page_of(self._with_last(people), after, PEOPLE_A_PAGE)
        keys = {getattr(person, f"last_{deed}") for person in page.shown for deed in DEEDS}
        stories = self.readable.in_bulk([key for key in keys if key is not None])
        reports = [
            Report(person, *(stories.get(getattr(person, f"last_{deed}")) for deed in DEEDS))
            for person in page.shown
        ]
        return People(reports, page.after)

    def _with_last(self, people: QuerySet[User]) -> QuerySet[User]:
        """Each with the keys of their last stories.

        They are looked for from the person on, along `named_person_role` and `story_teller`:
        what somebody has not done at all would otherwise be sought in every story there is.
        """
        somebody = OuterRef("pk")
        last = {
            "celebrated": self.readable.filter(named__person=somebody, named__role=Role.NOMINEE),
            "told": self.readable.filter(teller=somebody),
            "helped": self.readable.filter(named__person=somebody, named__role=Role.HELPER),
        }
        return people.annotate(
            **{
                f"last_{deed}": Subquery(stories.newest_first().values("pk")[:1])
                for deed, stories in last.items()
            }
        )


def page_of(people: QuerySet[User], after: str, most: int) -> People[User]:
    """Up to `most` people by name. `after` is the reference of the last one shown: names are no
    secret, and somebody who has changed teams meanwhile still marks the place."""
    if after:
        last = User.objects.filter(ref__in=well_formed([after])).first()
        if last is None:
            raise Http404
        people = people.filter(TupleGreaterThan(Tuple("name", "pk"), (last.name, last.pk)))
    page = list(people[: most + 1])
    return People(page[:most], page[most - 1].ref if len(page) > most else "")
