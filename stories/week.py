"""What the feed says of the week and the month: counts of what everybody may read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from stories.feed import Filters, Period
from stories.models import CustomerGroup, Role, Story


@dataclass(frozen=True, slots=True)
class Week:
    stories: int
    departments: int
    """Of how many departments the celebrated colleagues are."""
    groups: int


def this_week() -> Week:
    """Counts of this week's company stories, in one query."""
    stories = Filters(period=Period.WEEK).narrow(Story.objects.on_feed())
    counts = stories.order_by().aggregate(
        stories=Count("pk", distinct=True),
        departments=Count(
            "named__person__department", distinct=True, filter=Q(named__role=Role.NOMINEE)
        ),
        groups=Count("customer_group", distinct=True),
    )
    return Week(**counts)


@dataclass(frozen=True, slots=True)
class GroupCount:
    group: CustomerGroup
    count: int


def customers_this_month(groups: list[CustomerGroup]) -> list[GroupCount]:
    """This month's company stories by customer group, most first, those without any last."""
    stories = Filters(period=Period.MONTH).narrow(Story.objects.on_feed())
    rows = stories.order_by().values_list("customer_group").annotate(count=Count("pk"))
    counts = dict(rows)
    shown = [GroupCount(group, counts.get(group.pk, 0)) for group in groups if group.is_active]
    return sorted(shown, key=lambda row: -row.count)
