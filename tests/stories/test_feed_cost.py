"""What the feed asks of the database, however much was told."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from kudos.lib.cursor import before
from stories.feed import PAGE_SIZE, Filters, cursor_of
from stories.models import CustomerGroup, Moment, Story
from tests.factories import tell_story
from tests.stories.feed import fill

pytestmark = pytest.mark.django_db


def test_the_page_makes_as_many_queries_at_20_as_at_20000_stories(
    as_stranger: Client, company: Company, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    fill(20, teller, suppliers)
    tell_story(teller, nominee)
    counts = []
    for extra in (0, 20_000):
        fill(extra, teller, suppliers)
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            as_stranger.get("/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
@pytest.mark.parametrize("pages_in", [0, 1, 300])
def test_postgresql_reads_a_page_by_one_range_scan(
    pages_in: int, teller: User, suppliers: CustomerGroup
) -> None:
    fill(20_000, teller, suppliers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stories_story")
    page = Story.objects.on_feed()
    if pages_in:
        page = before(page, cursor_of(page[pages_in * PAGE_SIZE]), field="published_at")
    plan = page[: PAGE_SIZE + 1].explain(analyze=True, format="json")

    assert '"Index Name": "story_on_feed"' in plan
    assert '"Rows Removed by Filter"' not in plan
    assert '"Filter"' not in plan
    assert "Sort" not in plan
    assert ('"Index Cond"' in plan) == bool(pages_in)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
def test_postgresql_reads_a_rare_moment_by_one_range_scan(
    teller: User, suppliers: CustomerGroup
) -> None:
    fill(20_000, teller, suppliers)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stories_story")
    page = Filters(moment=Moment.WOW).narrow(Story.objects.on_feed())
    plan = page[: PAGE_SIZE + 1].explain(analyze=True, format="json")

    assert '"Index Name": "story_on_feed_by_moment"' in plan
    assert '"Rows Removed by Filter"' not in plan
    assert "Sort" not in plan
