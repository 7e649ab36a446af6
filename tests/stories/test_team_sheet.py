"""The month's stories of a team, person by person, to print."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from stories.models import Story, Visibility
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db

NOVEMBER = datetime(2026, 11, 15, 12, tzinfo=UTC)


def sheet(client: Client, month: str = "2026-11", **query: str) -> Any:
    response = client.get("/team/sheet/", {"month": month} | query)
    assert response.status_code == 200
    return response.context


def chapters(client: Client, month: str = "2026-11") -> dict[User, list[Story]]:
    return {c.person: c.stories for c in sheet(client, month)["page"].shown}


def published(story: Story, at: datetime = NOVEMBER) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=at)
    story.refresh_from_db()
    return story


def test_each_report_has_the_stories_that_celebrate_or_thank_them_oldest_first(
    as_manager: Client, manager: User, teller: User, nominee: User, stranger: User
) -> None:
    other = UserFactory(name="Zoe", manager=manager)
    UserFactory(name="Without a story", manager=manager)
    late = published(tell_story(teller, nominee, other), NOVEMBER.replace(day=20))
    early = published(tell_story(teller, stranger, helping_hands=[nominee]))
    published(tell_story(nominee, stranger))

    shown = chapters(as_manager)
    assert shown == {nominee: [early, late], other: [late]}
    assert [bool(story.helped) for story in shown[nominee]] == [True, False]


def test_a_leaver_and_who_changed_manager_are_not_on_it(
    as_manager: Client, manager: User, other_manager: User, teller: User, nominee: User
) -> None:
    leaver, moved = UserFactory(manager=manager), UserFactory(manager=manager)
    story = published(tell_story(teller, nominee, leaver, moved))
    User.objects.filter(pk=leaver.pk).update(is_active=False)
    User.objects.filter(pk=moved.pk).update(manager=other_manager)

    assert chapters(as_manager) == {nominee: [story]}


def test_hidden_and_withdrawn_stories_are_not_on_it(
    as_manager: Client, teller: User, nominee: User, culture_lead: User
) -> None:
    hidden, withdrawn = (published(tell_story(teller, nominee)) for _ in range(2))
    hidden.hide(by=culture_lead, note="Ask the customer first.")
    withdrawn.withdraw(by=teller)

    assert chapters(as_manager) == {}


def test_a_private_story_is_for_whom_it_celebrates_and_says_so(
    as_manager: Client, as_other_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    helper = UserFactory(name="Helper", manager=manager)
    story = published(
        tell_story(teller, nominee, helping_hands=[helper], visibility=Visibility.PRIVATE)
    )

    assert chapters(as_manager) == {nominee: [story]}
    assert chapters(as_other_manager) == {}
    assert b"badge--private" in as_manager.get("/team/sheet/?month=2026-11").content


def test_a_private_story_of_the_managers_own_does_not_reach_whom_it_thanks(
    as_manager: Client, manager: User, nominee: User, stranger: User
) -> None:
    published(tell_story(manager, stranger, helping_hands=[nominee], visibility="private"))

    assert chapters(as_manager) == {}


@pytest.mark.parametrize(
    ("zone", "at", "month"),
    [
        ("Pacific/Auckland", datetime(2026, 10, 31, 10, 59, 59, tzinfo=UTC), "2026-10"),
        ("Pacific/Auckland", datetime(2026, 10, 31, 11, tzinfo=UTC), "2026-11"),
        ("America/New_York", datetime(2026, 11, 1, 3, 59, 59, tzinfo=UTC), "2026-10"),
        ("America/New_York", datetime(2026, 11, 1, 4, tzinfo=UTC), "2026-11"),
        ("America/New_York", datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC), "2026-11"),
    ],
)
def test_a_month_begins_and_ends_where_the_company_is(
    zone: str,
    at: datetime,
    month: str,
    company: Company,
    as_manager: Client,
    manager: User,
    teller: User,
    nominee: User,
) -> None:
    company.time_zone = zone
    company.save()
    # Where the reader is does not matter.
    manager.time_zone = "Asia/Kolkata"
    manager.save()
    story = published(tell_story(teller, nominee), at)

    months = ["2026-10", "2026-11", "2026-12"]
    assert [m for m in months if chapters(as_manager, m)] == [month]
    assert chapters(as_manager, month) == {nominee: [story]}


def test_its_days_are_the_companys_too(
    company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    manager.time_zone = "Pacific/Auckland"
    manager.save()
    published(tell_story(teller, nominee), datetime(2026, 11, 30, 23, tzinfo=UTC))
    html = as_manager.get("/team/sheet/?month=2026-11").content.decode()

    assert ">30 November</time>" in html


def test_unasked_it_is_this_month_where_the_company_is(
    company: Company, as_manager: Client, nominee: User
) -> None:
    company.time_zone = "Pacific/Auckland"
    company.save()
    with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=UTC), tick=False):
        context = as_manager.get("/team/sheet/").context

    assert str(context["month"]) == "2026-12"
    assert [str(month) for month in context["months"]][::11] == ["2026-12", "2026-01"]


def test_an_older_month_stands_among_the_links(as_manager: Client, nominee: User) -> None:
    assert str(sheet(as_manager, "2020-02")["months"][-1]) == "2020-02"


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "november", "", "1999-12", "<b>"])
def test_a_bad_month_gets_a_clear_answer_and_a_way_on(
    month: str, as_manager: Client, nominee: User
) -> None:
    response = as_manager.get("/team/sheet/", {"month": month})
    html = response.content.decode()

    assert response.status_code == 404
    assert "is not a month that Kudos knows. Choose one of these." in html
    assert 'href="?month=20' in html
    assert "<b>”" not in html


@pytest.mark.parametrize("month", ["2000-01", "2100-12"])
def test_the_furthest_months_are_empty_and_say_so(
    month: str, as_manager: Client, nominee: User
) -> None:
    assert b'class="empty"' in as_manager.get("/team/sheet/", {"month": month}).content


def test_a_forged_cursor_is_not_found(as_manager: Client, nominee: User) -> None:
    assert as_manager.get("/team/sheet/?after=forged").status_code == 404


def test_long_sheets_go_by_twenty_people_and_twelve_stories_each(
    as_manager: Client, manager: User, teller: User
) -> None:
    people = [UserFactory(name=f"Ann {number:02}", manager=manager) for number in range(21)]
    told = [published(tell_story(teller, *people)) for _ in range(13)]
    first = sheet(as_manager)["page"]
    second = sheet(as_manager, after=first.after)["page"]

    assert [chapter.person for chapter in (*first.shown, *second.shown)] == people
    assert first.shown[0].stories == told[:12]
    assert first.shown[0].has_more
    assert second.after == ""


def test_a_sheet_makes_as_many_queries_for_3_as_for_300(
    company: Company, as_manager: Client, manager: User, teller: User
) -> None:
    counts: list[int] = []
    for size in (3, 297):
        people = User.objects.bulk_create(
            User(name=f"P {size} {n}", email=f"p{size}-{n}@company.example", manager=manager)
            for n in range(size)
        )
        for start in range(0, size, 3):
            if start < 60:
                published(tell_story(teller, *people[start : start + 3]))
        with CaptureQueriesContext(connection) as queries:
            sheet(as_manager)
        counts.append(len(queries))

    assert counts[0] == counts[1]
