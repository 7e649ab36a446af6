"""What the feed counts, and how often it does."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from stories.models import CustomerGroup, Story
from stories.week import customers_this_month, this_week
from tests.factories import tell_story

pytestmark = pytest.mark.django_db
NOON = "2026-03-18 12:00+00:00"


def counts() -> tuple[int, int]:
    month = customers_this_month(list(CustomerGroup.objects.all()))
    return this_week().stories, sum(row.count for row in month)


def test_the_counts_are_asked_once_for_all_readers(
    story: Story, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    groups = list(CustomerGroup.objects.all())
    this_week(), customers_this_month(groups)
    with django_assert_num_queries(0):
        assert this_week().stories == 1
        assert customers_this_month(groups)[0].count == 1


def test_the_counts_are_a_minute_old_at_most(
    teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert counts() == (0, 0)
        tell_story(teller, nominee)
        clock.shift(timedelta(seconds=61))
        assert counts() == (1, 1)


def test_a_week_that_begins_forgets_the_last_one(story: Story) -> None:
    with time_machine.travel("2026-03-15 23:59:50+00:00", tick=False) as clock:
        Story.objects.update(published_at=timezone.now())
        assert this_week().stories == 1
        clock.shift(timedelta(seconds=15))
        assert this_week().stories == 0


def test_readers_whose_days_begin_apart_count_apart(story: Story) -> None:
    with time_machine.travel("2026-03-16 05:00+00:00", tick=False):
        Story.objects.update(published_at=timezone.now() - timedelta(hours=1))
        assert this_week().stories == 1
        with timezone.override("America/Los_Angeles"):
            Story.objects.update(published_at=timezone.now() - timedelta(days=8))
            assert this_week().stories == 0


def test_only_counts_are_remembered(story: Story) -> None:
    counts()
    day = timezone.localdate()
    assert cache.get(f"counts:week:UTC:{day}") == {"stories": 1, "departments": 1, "groups": 1}
    assert cache.get(f"counts:month:UTC:{day}") == {story.customer_group_id: 1}


@pytest.mark.parametrize(
    "away",
    [
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        },
        {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": "/dev/null/cache",
        },
    ],
)
def test_the_feed_counts_without_a_cache(
    story: Story, settings: Settings, away: dict[str, str]
) -> None:
    settings.CACHES = {"default": away}
    assert counts() == (1, 1)
