"""The month's stories of a team, person by person, to lay on the table between two people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from accounts.models import Company, User
from kudos.lib.month import Month
from stories.models import Role, Story, Visibility
from stories.team import People, Team, page_of

PEOPLE_A_SHEET = 20
STORIES_A_PERSON = 12
MONTHS_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Chapter:
    """One person's stories of the month, oldest first; `has_more` where only 12 are shown.

    Each story has `helped`: whether it thanks them as a helping hand.
    """

    person: User
    stories: list[Story]
    has_more: bool

    @classmethod
    def of(cls, person: User, stories: list[Story]) -> Self:
        return cls(person, stories[:STORIES_A_PERSON], len(stories) > STORIES_A_PERSON)


def this_month(company: Company) -> Month:
    """The month that it is where the company is."""
    return Month.of(timezone.localdate(timezone=ZoneInfo(company.time_zone)))


def offered(chosen: Month, now: Month) -> list[Month]:
    """The months of the last year, and the one that is open, newest first."""
    last_year = {now.plus(-back) for back in range(MONTHS_OFFERED)}
    return sorted(last_year | {chosen}, reverse=True)


def sheet(team: Team, month: Month, company: Company, after: str = "") -> People[Chapter]:
    """Whom of the team this month's stories name, up to 20 people by name, in a fixed number of
    queries. Days are days of the company's zone. Raises Http404 when `after` is a forgery.

    What somebody is shown of their own is theirs to read: a private story is not for those whom
    it thanks (StoryQuerySet.visible_to), although their manager may know it by its nominee.
    """
    begin, end = month.bounds(ZoneInfo(company.time_zone))
    told = team.readable.filter(published_at__gte=begin, published_at__lt=end)
    is_theirs = Q(visibility=Visibility.COMPANY) | Q(named__role=Role.NOMINEE)
    naming = told.filter(is_theirs, named__person=OuterRef("pk"))
    page = page_of(team.people.filter(Exists(naming)), after, PEOPLE_A_SHEET)
    rows = (
        told.filter(named__person__in=page.shown)
        .annotate(whose=F("named__person"), role=F("named__role"))
        .filter(Q(visibility=Visibility.COMPANY) | Q(role=Role.NOMINEE))
        .annotate(
            helped=Q(role=Role.HELPER),
            place=Window(
                RowNumber(), partition_by=F("whose"), order_by=[F("published_at"), F("pk")]
            ),
        )
    )
    by_person: dict[int, list[Story]] = {person.pk: [] for person in page.shown}
    for story in rows.filter(place__lte=STORIES_A_PERSON + 1).order_by("place").with_card():
        by_person[story.whose].append(story)  # type: ignore[attr-defined]
    return People([Chapter.of(person, by_person[person.pk]) for person in page.shown], page.after)
