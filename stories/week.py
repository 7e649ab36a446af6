"""What the feed says of the week and the month: counts of what everybody may read.

They take longer the more is told, and stand on every feed: each is asked once a minute for all
readers whose days begin together, and may be a minute late. Nothing but counts is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone
from redis.exceptions import RedisError

from stories.feed import Filters, Period
from stories.models import CustomerGroup, Role, Story

SECONDS = 60
UNREACHABLE = (RedisError, OSError)


@dataclass(frozen=True, slots=True)
class Week:
    stories: int
    departments: int
    """Of how many departments the celebrated colleagues are."""
    groups: int


def this_week() -> Week:
    """Counts of this week's company stories, in one query at most."""
    return Week(**_remembered("week", _count_week))


def _count_week() -> dict[str, int]:
    stories = Filters(period=Period.WEEK).narrow(Story.objects.on_feed())
    return stories.order_by().aggregate(
        stories=Count("pk", distinct=True),
        departments=Count(
            "named__person__department", distinct=True, filter=Q(named__role=Role.NOMINEE)
        ),
        groups=Count("customer_group", distinct=True),
    )


@dataclass(frozen=True, slots=True)
class GroupCount:
    group: CustomerGroup
    count: int


def customers_this_month(groups: list[CustomerGroup]) -> list[GroupCount]:
    """This month's company stories by customer group, most first, those without any last."""
    counts = _remembered("month", _count_month)
    shown = [GroupCount(group, counts.get(group.pk, 0)) for group in groups if group.is_active]
    return sorted(shown, key=lambda row: -row.count)


def _count_month() -> dict[int, int]:
    stories = Filters(period=Period.MONTH).narrow(Story.objects.on_feed())
    return dict(stories.order_by().values_list("customer_group").annotate(count=Count("pk")))


def _remembered[K](name: str, count: Callable[[], dict[K, int]]) -> dict[K, int]:
    """The counts of this day of the reader's time zone; counted afresh while the cache is away."""
    key = f"counts:{name}:{timezone.get_current_timezone_name()}:{timezone.localdate()}"
    try:
        return cache.get_or_set(key, count, SECONDS) or {}
    except UNREACHABLE:
        return count()
