"""The filters of the feed: what each lets through, alone and with others."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from stories.models import CustomerGroup, Moment, Story
from stories.search_index import reindex
from tests.factories import DepartmentFactory, GroupFactory, UserFactory, ValueFactory, tell_story
from tests.stories.feed import fill, published, shown

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 11, 6, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        "group=999",
        "group=x",
        "group=-1",
        "group=1e3",
        "group=99999999999999999999999",
        "group=%D9%A1",
        "value=999",
        "department=999",
        "moment=points",
        "period=century",
        "person=unknown",
        "person=%27--",
        "from=yesterday",
        "from=0001-01-01",
        "to=9999-12-31",
        "to=2025-02-30",
    ],
)
def test_a_forged_filter_is_not_found(as_stranger: Client, query: str) -> None:
    assert as_stranger.get(f"/?{query}").status_code == 404


def test_filters_by_customer_group(
    as_stranger: Client,
    teller: User,
    nominee: User,
    suppliers: CustomerGroup,
    customers: CustomerGroup,
) -> None:
    tell_story(teller, nominee, headline="Supplier", customer_group=suppliers)
    tell_story(teller, nominee, headline="Customer", customer_group=customers)

    assert shown(as_stranger, f"?group={suppliers.pk}") == ["Supplier"]


def test_a_retired_group_still_filters_its_old_stories(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    retired = GroupFactory(is_active=False)
    tell_story(teller, nominee, headline="Old", customer_group=retired)

    assert shown(as_stranger, f"?group={retired.pk}") == ["Old"]


def test_filters_by_moment(as_stranger: Client, teller: User, nominee: User) -> None:
    tell_story(teller, nominee, headline="Wow", moment=Moment.WOW)
    tell_story(teller, nominee, headline="Love")

    assert shown(as_stranger, "?moment=wow") == ["Wow"]


def test_filters_by_value(as_stranger: Client, teller: User, nominee: User) -> None:
    value = ValueFactory()
    tell_story(teller, nominee, headline="With", values=[value, ValueFactory()])
    tell_story(teller, nominee, headline="Without")

    assert shown(as_stranger, f"?value={value.pk}") == ["With"]


def test_filters_by_the_department_of_a_nominee(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    finance = DepartmentFactory()
    tell_story(teller, UserFactory(department=finance), headline="Finance")
    tell_story(teller, nominee, headline="Helped", helping_hands=[UserFactory(department=finance)])

    assert shown(as_stranger, f"?department={finance.pk}") == ["Finance"]


def test_filters_by_a_person_celebrated_or_helping(
    as_stranger: Client, teller: User, nominee: User, manager: User
) -> None:
    tell_story(teller, manager, headline="Celebrated")
    tell_story(teller, nominee, headline="Helped", helping_hands=[manager])
    tell_story(teller, nominee, headline="Neither")

    assert shown(as_stranger, f"?person={manager.ref}") == ["Helped", "Celebrated"]


@pytest.mark.parametrize(
    ("query", "headlines"),
    [
        ("?period=week", ["Today", "Monday"]),
        ("?period=month", ["Today", "Monday", "Saturday"]),
        ("?period=quarter", ["Today", "Monday", "Saturday", "August"]),
        ("?from=2025-11-01", ["Today", "Monday", "Saturday"]),
        ("?to=2025-11-01", ["Saturday", "August", "Spring"]),
        ("?from=2025-11-01&to=2025-11-03", ["Monday", "Saturday"]),
        ("?from=2025-11-03&to=2025-11-01", []),
        ("?period=week&to=2025-11-05", ["Monday"]),
    ],
)
def test_filters_by_period(
    query: str, headlines: list[str], teller: User, nominee: User, stranger: User
) -> None:
    days = {
        "Spring": datetime(2025, 4, 1, tzinfo=UTC),
        "August": datetime(2025, 8, 20, tzinfo=UTC),
        "Saturday": datetime(2025, 11, 1, 23, 59, tzinfo=UTC),
        "Monday": datetime(2025, 11, 3, 0, 0, tzinfo=UTC),
        "Today": NOW,
    }
    for headline, day in days.items():
        published(tell_story(teller, nominee, headline=headline), day)

    with time_machine.travel(NOW, tick=False):
        client = Client()
        client.force_login(stranger)
        assert shown(client, query) == headlines


def test_filters_combine_with_one_another_and_with_search(
    as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    tell_story(teller, nominee, headline="Storm", moment=Moment.WOW, customer_group=suppliers)
    tell_story(teller, nominee, headline="Storm too", customer_group=suppliers)
    tell_story(teller, nominee, headline="Calm", moment=Moment.WOW, customer_group=suppliers)

    assert shown(as_stranger, f"?q=storm&moment=wow&group={suppliers.pk}") == ["Storm"]


def test_what_was_found_is_paged_by_cursor(
    as_stranger: Client, teller: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    reindex()
    first = as_stranger.get("/?q=school")

    second = as_stranger.get(first.context["older_url"])

    pages = [*first.context["page"].stories, *second.context["page"].stories]
    assert [story.pk for story in pages] == [story.pk for story in Story.objects.on_feed()]
