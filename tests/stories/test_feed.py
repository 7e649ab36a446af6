"""The feed: its pages, filters, counts and the notice of what is new."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.http import Http404, QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Company, User
from kudos.lib.cursor import Cursor, before
from stories.feed import PAGE_SIZE, Filters, cursor_of
from stories.models import CustomerGroup, Moment, State, Story
from stories.search_index import reindex
from tests.factories import DepartmentFactory, GroupFactory, UserFactory, ValueFactory, tell_story

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 11, 6, 12, 0, tzinfo=UTC)


def shown(client: Client, query: str = "") -> list[str]:
    """Headlines on the page at that address."""
    response = client.get(f"/{query}")
    assert response.status_code == 200
    return [story.headline for story in response.context["page"].stories]


def published(story: Story, at: datetime) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=at)
    return story


def fill(count: int, teller: User, group: CustomerGroup) -> None:
    """Stories by bulk insert, a minute apart, with one hidden and one private among each ten."""
    start = timezone.now()
    Story.objects.bulk_create(
        Story(
            teller=teller,
            customer_group=group,
            headline=f"Story {number}",
            what_they_did="Rang the school.",
            state=State.HIDDEN if number % 10 == 3 else State.PUBLISHED,
            visibility="private" if number % 10 == 7 else "company",
            published_at=start - timedelta(minutes=number),
        )
        for number in range(count)
    )


def test_shows_the_newest_first(as_stranger: Client, teller: User, nominee: User) -> None:
    for headline in ("First", "Second"):
        tell_story(teller, nominee, headline=headline)

    assert shown(as_stranger) == ["Second", "First"]


def test_asks_for_sign_in(client: Client, db: None) -> None:
    assert client.get("/").status_code == 302


def test_twenty_a_page_and_a_real_link_to_the_older_ones(
    as_stranger: Client, teller: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    first = as_stranger.get("/")

    second = as_stranger.get(first.context["older_url"])

    pages = [*first.context["page"].stories, *second.context["page"].stories]
    assert len(first.context["page"].stories) == PAGE_SIZE
    assert [story.pk for story in pages] == [story.pk for story in Story.objects.on_feed()]
    assert b"Older stories" in first.content
    assert b"Older stories" not in second.content


def test_pages_do_not_slide_while_people_publish(
    as_stranger: Client, teller: User, nominee: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    first = as_stranger.get("/")
    older = list(Story.objects.on_feed())[PAGE_SIZE:]
    tell_story(teller, nominee, headline="New")

    second = as_stranger.get(first.context["older_url"])

    assert second.context["page"].stories == older


def test_htmx_gets_the_next_cards_alone(
    as_stranger: Client, teller: User, suppliers: CustomerGroup
) -> None:
    fill(40, teller, suppliers)
    url = as_stranger.get("/").context["older_url"]

    part = as_stranger.get(url, headers={"HX-Request": "true"}).content.decode()

    assert part.count("<article") == 12
    assert "<html" not in part
    assert "<h1" not in part


def test_the_same_address_answers_differently_to_htmx_and_says_so(as_stranger: Client) -> None:
    assert "HX-Request" in as_stranger.get("/")["Vary"]


@pytest.mark.parametrize("cursor", ["x", "MjAyNQ", "é", "A" * 300, "====", "LTF8MQ", "%00"])
def test_a_forged_cursor_is_not_found(as_stranger: Client, cursor: str) -> None:
    assert as_stranger.get(f"/?after={cursor}").status_code == 404
    assert as_stranger.get(f"/?q=word&after={cursor}").status_code == 404
    assert as_stranger.get(f"/stories/news/?since={cursor}").status_code == 404


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


def test_chips_take_off_one_filter_and_keep_the_rest(
    as_stranger: Client, story: Story, suppliers: CustomerGroup
) -> None:
    response = as_stranger.get(f"/?group={suppliers.pk}&moment=wow&q=kayak")

    urls = {chip.label: chip.url for chip in response.context["chips"]}
    assert urls["Suppliers"] == "?q=kayak&moment=wow"
    assert urls["Wow"] == f"?q=kayak&group={suppliers.pk}"


def test_every_kind_of_filter_has_a_chip(as_stranger: Client, story: Story) -> None:
    value = ValueFactory()
    nominee = story.nominees[0]
    response = as_stranger.get(
        f"/?q=x&group={story.customer_group_id}&moment=wow&value={value.pk}"
        f"&department={nominee.department_id}&person={nominee.ref}&period=week"
        "&from=2025-01-01&to=2025-01-31"
    )

    assert [chip.label for chip in response.context["chips"]] == [
        "“x”",
        "Suppliers",
        "Wow",
        value.name,
        "Product",
        "Priya Desai",
        "This week",
        "From 1 January 2025",
        "Until 31 January 2025",
    ]


def test_the_form_keeps_what_is_on(as_stranger: Client, story: Story) -> None:
    response = as_stranger.get(f"/?q=kayak&group={story.customer_group_id}&moment=wow")
    html = response.content.decode()

    assert '<option value="wow" selected>' in html
    assert 'name="group" value="' in html


def test_dare_to_try_is_offered_once_the_company_wants_it(
    as_stranger: Client, company: Company
) -> None:
    assert b"Dare to try" not in as_stranger.get("/").content

    company.dare_to_try = True
    company.save()

    assert b"Dare to try" in as_stranger.get("/").content


def test_filters_survive_the_address() -> None:
    filters = Filters(q="a & b", group=3, person="abc", start=date(2025, 1, 2))

    assert Filters.parse(QueryDict(filters.to_querystring()[1:])) == filters


def test_empty_fields_of_the_form_are_no_filters() -> None:
    assert not Filters.parse(QueryDict("q=&group=&moment=&from=&to="))


@pytest.mark.parametrize("text", ["\x00", " \t ", "\u202e"])
def test_invisible_characters_are_nothing_to_search_for(text: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = text

    assert Filters.parse(query).q == ""


def test_a_filter_that_nobody_wrote_raises() -> None:
    with pytest.raises(Http404):
        Filters.parse(QueryDict("moment=points"))


def test_an_empty_feed_offers_to_tell_the_first_story(as_stranger: Client) -> None:
    assert b"The first story is waiting for you" in as_stranger.get("/").content


def test_a_search_that_finds_nothing_offers_to_tell_it(as_stranger: Client, story: Story) -> None:
    assert b"No story says that" in as_stranger.get("/?q=zebra").content


def test_filters_that_nothing_fits_can_be_taken_off(as_stranger: Client, story: Story) -> None:
    assert b"Take all filters off" in as_stranger.get("/?moment=wow").content


def test_what_was_searched_is_escaped(as_stranger: Client) -> None:
    html = as_stranger.get("/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in html


def test_the_vision_stands_on_the_feed(as_stranger: Client, company: Company) -> None:
    assert b"A day they still talk about." in as_stranger.get("/").content


def test_the_lead_counts_the_week(as_stranger: Client, teller: User, nominee: User) -> None:
    for group in (GroupFactory(), GroupFactory()):
        tell_story(teller, nominee, customer_group=group)
    published(tell_story(teller, nominee), timezone.now() - timedelta(days=8))

    week = as_stranger.get("/").context["week"]

    assert (week.stories, week.departments, week.groups) == (2, 1, 2)


def test_counts_leave_out_what_is_not_everybodys(
    as_stranger: Client, story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    tell_story(teller, nominee, visibility="private")
    tell_story(teller, nominee).hide(by=culture_lead, note="No.")

    context = as_stranger.get("/").context

    assert context["week"].stories == 1
    assert sum(row.count for row in context["month"]) == 1


def test_the_rail_shows_every_group_most_first(
    as_stranger: Client, story: Story, customers: CustomerGroup
) -> None:
    month = as_stranger.get("/").context["month"]

    assert [(row.group.name, row.count) for row in month] == [("Suppliers", 1), ("Customers", 0)]


def news_url(client: Client, query: str = "") -> str:
    return f"/stories/news/{client.get(f'/{query}').context['news_url']}"


def test_nothing_new_is_nothing_to_say(as_stranger: Client, story: Story) -> None:
    assert as_stranger.get(news_url(as_stranger)).status_code == 204


def test_new_stories_are_counted_in_a_link(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    for _ in range(3):
        tell_story(teller, nominee)

    html = as_stranger.get(url).content.decode()

    assert "3 new stories" in html
    assert '<a class="button button--go" id="news-link" href="/' in html


def test_the_first_story_of_an_empty_feed_is_new(
    as_stranger: Client, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    tell_story(teller, nominee)

    assert b"1 new story" in as_stranger.get(url).content


def test_news_that_was_said_is_not_said_again(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger)
    tell_story(teller, nominee)

    assert as_stranger.get(f"{url}&seen=1").status_code == 204


def test_news_keep_to_the_filters(
    as_stranger: Client, story: Story, teller: User, nominee: User
) -> None:
    url = news_url(as_stranger, "?moment=wow")
    tell_story(teller, nominee)

    assert as_stranger.get(url).status_code == 204


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


def test_a_cursor_is_a_place_not_a_count(story: Story) -> None:
    assert Cursor.parse(str(cursor_of(story))) == cursor_of(story)
