"""What the review page costs where thousands of stories wait."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Company, User
from stories.models import CustomerGroup, Named, Role, State, Story
from stories.review.queue import PAGE_SIZE, Queue
from stories.review.tabs import WAITING, tab_of
from tests.conftest import signed_in
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def fill(count: int, teller: User, nominee: User, group: CustomerGroup, state: State) -> None:
    """By bulk insert, a second apart, each celebrating the nominee."""
    start = timezone.now()
    stories = Story.objects.bulk_create(
        Story(
            teller=teller,
            customer_group=group,
            headline=f"Story {number}",
            what_they_did="Rang the school.",
            state=state,
            waiting_since=start - timedelta(seconds=number),
            published_at=start - timedelta(seconds=number),
        )
        for number in range(count)
    )
    Named.objects.bulk_create(
        Named(story=story, person=nominee, role=Role.NOMINEE) for story in stories
    )


def analyze() -> None:
    with connection.cursor() as cursor:
        for table in ("stories_story", "stories_named", "accounts_user"):
            cursor.execute(f"ANALYZE {table}")


def test_the_page_makes_as_many_queries_at_10_as_at_10000_waiting_stories(
    company: Company, manager: User, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    client = signed_in(manager)
    counts = []
    for extra in (10, 10_000):
        fill(extra, teller, nominee, suppliers, State.WAITING)
        client.get("/review/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/review/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
@pytest.mark.parametrize("who", ["manager", "culture_lead"])
@pytest.mark.parametrize("pages_in", [0, 1, 100])
def test_postgresql_reads_a_page_of_what_waits_along_its_index(
    who: str,
    pages_in: int,
    manager: User,
    culture_lead: User,
    teller: User,
    nominee: User,
    suppliers: CustomerGroup,
) -> None:
    for _number in range(200):
        UserFactory()
    fill(10_000, teller, nominee, suppliers, State.WAITING)
    analyze()
    queue = Queue(WAITING, {"manager": manager, "culture_lead": culture_lead}[who])
    page = queue._others
    if pages_in:
        page = queue._beyond(queue._cursor(page[pages_in * PAGE_SIZE]))
    plan = page[: PAGE_SIZE + 1].explain(analyze=True, format="json")

    assert '"Index Name": "story_waiting"' in plan
    assert '"Sort Key"' not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
def test_postgresql_reads_this_week_along_the_feeds_index(
    manager: User, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    fill(10_000, teller, nominee, suppliers, State.PUBLISHED)
    analyze()
    page = Queue(tab_of("week"), manager)._others
    plan = page[: PAGE_SIZE + 1].explain(analyze=True, format="json")

    assert '"Index Name": "story_on_feed"' in plan
    assert '"Sort Key"' not in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
def test_postgresql_counts_no_further_than_it_says(
    manager: User, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    fill(10_000, teller, nominee, suppliers, State.WAITING)
    analyze()
    counted = Queue(WAITING, manager)._others.order_by()[:100]
    plan = counted.explain(analyze=True, format="json")

    assert Queue(WAITING, manager).count() == 100
    assert '"Node Type": "Limit"' in plan


@pytest.mark.skipif(connection.vendor != "postgresql", reason="asks PostgreSQL for its plan")
@pytest.mark.parametrize("who", ["manager", "culture_lead"])
@pytest.mark.parametrize("name", ["returned", "hidden"])
def test_postgresql_finds_what_was_taken_off_without_reading_the_rest(
    name: str,
    who: str,
    request: pytest.FixtureRequest,
    manager: User,
    teller: User,
    nominee: User,
    suppliers: CustomerGroup,
) -> None:
    fill(10_000, teller, nominee, suppliers, State.PUBLISHED)
    fill(100, teller, nominee, suppliers, State.RETURNED)
    fill(100, teller, nominee, suppliers, State.HIDDEN)
    analyze()
    listed = Queue(tab_of(name), request.getfixturevalue(who))._others
    for rows in (listed[: PAGE_SIZE + 1], listed.order_by()[:100]):
        assert '"Index Name": "story_taken_off"' in rows.explain(analyze=True, format="json")
