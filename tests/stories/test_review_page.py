"""The review page: who finds it, what each list holds, and the story that is open."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Company, User
from stories.models import Story
from stories.review.queue import PAGE_SIZE
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling
from tests.stories.reviewed import HTMX, listed, opened, review_first, waiting_story

REVIEWERS = ["manager", "director", "delegate", "culture_lead"]


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


# --- Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", REVIEWERS)
def test_reviewers_find_what_waits(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    page = opened(signed_in(request.getfixturevalue(who)))
    assert page["opened"].story == waiting
    assert page["due_count"] == 1


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger"])
@pytest.mark.parametrize("path", ["/review/", "/review/?tab=week", "/review/?tab=nonsense"])
def test_nobody_else_finds_it(
    who: str, path: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(path).status_code == 404
    assert b'href="/review/"' not in client.get("/").content


def test_who_is_not_signed_in_or_has_left_signs_in(
    waiting: Story, client: Client, leaver: User
) -> None:
    User.objects.filter(pk=leaver.pk).update(is_culture_lead=True)
    assert client.get("/review/").status_code == 302
    assert signed_in(leaver).get("/review/").status_code == 302


def test_a_manager_of_others_finds_nothing_in_it(waiting: Story, as_other_manager: Client) -> None:
    page = opened(as_other_manager)
    assert page["opened"] is None
    assert page["due_count"] == 0
    missing = as_other_manager.get("/review/", {"story": waiting.ref})
    assert missing.status_code == 404
    assert b"It waits" not in missing.content


def test_a_delegate_whose_time_is_over_finds_it_no_more(
    waiting: Story, delegate: User, manager: User
) -> None:
    manager.delegations.get().end(by=manager)
    assert signed_in(delegate).get("/review/").status_code == 404


@pytest.mark.parametrize("kind", ["teller", "nominee", "helping_hand"])
def test_nobody_reviews_what_is_by_or_about_them(
    kind: str, company: Company, manager: User, teller: User, nominee: User, culture_lead: User
) -> None:
    review_first()
    if kind == "teller":
        tell_story(manager, nominee)
    elif kind == "nominee":
        tell_story(teller, nominee, manager)
    else:
        tell_story(teller, nominee, helping_hands=[manager])
    assert listed(signed_in(manager)) == []


@pytest.mark.parametrize("tab", ["waiting", "week", "returned", "hidden"])
def test_a_private_story_is_in_no_list(
    tab: str, company: Company, as_culture_lead: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, visibility="private")
    assert listed(as_culture_lead, tab=tab) == []


def test_it_is_read_and_nothing_else(as_manager: Client, nominee: User) -> None:
    assert as_manager.post("/review/").status_code == 405


@pytest.mark.parametrize("query", ["tab=nonsense", "tab=week&after=nonsense", "after=x&tab=hidden"])
def test_a_forged_address_is_not_found(query: str, as_manager: Client, nominee: User) -> None:
    assert as_manager.get(f"/review/?{query}").status_code == 404


@pytest.mark.parametrize("ref", ["nothing", "../x", "' or 1", "x" * 900])
def test_a_story_that_is_not_there_leaves_the_list(
    ref: str, waiting: Story, as_manager: Client
) -> None:
    response = as_manager.get("/review/", {"story": ref})
    assert response.status_code == 404
    assert b"This story is not here" in response.content
    assert b"It waits" in response.content
    part = as_manager.get("/review/", {"story": ref}, headers=HTMX)
    assert part.status_code == 200


# --- The lists ----------------------------------------------------------------------------


def test_the_oldest_waits_on_top(waiting: Story, teller: User, nominee: User) -> None:
    waiting_story(teller, nominee, headline="Newer")
    old = waiting_story(teller, nominee, headline="Oldest")
    Story.objects.filter(pk=old.pk).update(waiting_since=timezone.now() - timedelta(days=3))
    assert nominee.manager
    assert listed(signed_in(nominee.manager)) == ["Oldest", "It waits", "Newer"]


def test_what_was_handed_to_me_comes_first_with_who_and_why(
    waiting: Story,
    as_manager: Client,
    manager: User,
    culture_lead: User,
    teller: User,
    nominee: User,
) -> None:
    handed = waiting_story(teller, nominee, headline="Handed over")
    handed.hand_over(manager, by=culture_lead, note="You know the customer.")
    page = as_manager.get("/review/")
    assert [row.story.headline for row, _url in page.context["rows"]] == ["Handed over", "It waits"]
    assert "Cora Lindqvist" in page.text
    assert "You know the customer." in page.text


def test_what_was_handed_to_somebody_else_stays_in_its_place(
    waiting: Story, as_culture_lead: Client, manager: User, culture_lead: User
) -> None:
    waiting.hand_over(manager, by=culture_lead)
    page = as_culture_lead.get("/review/")
    assert page.context["due_count"] == 1
    assert "asked <bdi>Maya Rao</bdi> to decide" in page.text


def test_this_week_holds_what_nobody_has_looked_at(
    company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="Fresh")
    tell_story(teller, nominee, headline="Seen").look(by=manager)
    old = tell_story(teller, nominee, headline="Old")
    Story.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=8))
    assert listed(as_manager, tab="week") == ["Fresh"]


def test_an_old_story_handed_to_me_is_there_until_i_looked(
    company: Company,
    as_manager: Client,
    manager: User,
    culture_lead: User,
    teller: User,
    nominee: User,
) -> None:
    old = tell_story(teller, nominee, headline="Old")
    old.look(by=culture_lead)
    Story.objects.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=8))
    old.hand_over(manager, by=culture_lead)
    assert listed(as_manager, tab="week") == ["Old"]
    old.look(by=manager)
    assert listed(as_manager, tab="week") == []


def test_unasked_the_first_list_with_something_to_decide_opens(
    company: Company, as_manager: Client, teller: User, nominee: User
) -> None:
    assert opened(as_manager)["place"].tab.name == "waiting"
    tell_story(teller, nominee)
    assert opened(as_manager)["place"].tab.name == "week"
    waiting_story(teller, nominee)
    assert opened(as_manager)["place"].tab.name == "waiting"


def test_a_storys_address_opens_the_list_that_it_is_in(
    company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    story = tell_story(teller, nominee)
    story.hide(by=manager, note="It names a customer.")
    page = as_manager.get("/review/", {"story": story.ref})
    assert page.context["place"].tab.name == "hidden"
    assert "It names a customer." in page.text


def test_pages_go_on_where_the_last_one_ended(
    waiting: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    for number in range(PAGE_SIZE + 4):
        waiting_story(teller, nominee, headline=f"{number}")
    first = opened(as_manager)
    second = as_manager.get(first["older_url"]).context
    headlines = [row.story.headline for page in (first, second) for row, _url in page["rows"]]
    assert headlines == ["It waits", *[str(number) for number in range(PAGE_SIZE + 4)]]
    assert not second["older_url"]
    assert second["next_url"] != ""


@pytest.mark.parametrize("tab", ["week", "returned", "hidden"])
def test_the_other_lists_have_pages_the_newest_first(
    tab: str, company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    for number in range(PAGE_SIZE + 2):
        story = tell_story(teller, nominee, headline=f"{number}")
        if tab == "returned":
            story.send_back(by=manager, note="Shorter")
        elif tab == "hidden":
            story.hide(by=manager, note="A name")
    first = opened(as_manager, tab=tab)
    second = as_manager.get(first["older_url"]).context
    headlines = [row.story.headline for page in (first, second) for row, _url in page["rows"]]
    assert headlines == [str(number) for number in reversed(range(PAGE_SIZE + 2))]


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        ("waiting", "Nothing waits"),
        ("week", "You have seen it all"),
        ("returned", "Nothing is with its teller"),
        ("hidden", "Nothing is hidden"),
    ],
)
def test_an_empty_list_pleases(
    tab: str, said: str, company: Company, as_manager: Client, nominee: User
) -> None:
    assert said in as_manager.get("/review/", {"tab": tab}).text


def test_counts_go_no_further_than_99(
    waiting: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    for _number in range(100):
        tell_story(teller, nominee)
    page = as_manager.get("/review/")
    assert page.context["due_count"] == 100
    assert "<b>99+</b>" in page.text


# --- The story that is open ---------------------------------------------------------------


def test_beside_the_story_stands_what_helps_to_decide(
    company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    tell_story(
        teller,
        nominee,
        headline="The ferry waited",
        what_they_did="Persuaded the harbour master herself.",
        difference="A grandmother saw her island.",
    )
    tell_story(teller, nominee, headline="Told before")
    told_elsewhere = tell_story(teller, UserFactory(), headline="Of others")
    story = waiting_story(teller, nominee)
    shown = opened(as_manager, story=story.ref)["opened"]
    assert [found.story.headline for found in shown.similar] == ["Told before"]
    assert [other.headline for other in shown.recent] == ["The ferry waited"]
    assert told_elsewhere not in shown.recent
    assert [deed.what for deed in shown.history] == ["Told"]


def test_what_the_reviewer_may_not_read_helps_nobody(
    company: Company, as_culture_lead: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, headline="Between us", visibility="private")
    waiting_story(teller, nominee)
    page = as_culture_lead.get("/review/")
    assert "Between us" not in page.text


def test_what_may_be_done_depends_on_where_it_stands(
    company: Company, as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    story = waiting_story(teller, nominee)
    assert opened(as_manager)["opened"].decisions == {"publish", "send back", "hand over"}
    story.publish(by=manager)
    page = opened(as_manager, story=story.ref)
    assert page["opened"].decisions == {"hide", "send back", "feature", "hand over"}
    story.hide(by=manager, note="No.")
    assert opened(as_manager, story=story.ref)["opened"].decisions == {"unhide", "hand over"}


def test_an_edited_story_leads_to_its_versions(
    company: Company, as_manager: Client, teller: User, nominee: User
) -> None:
    story = tell_story(teller, nominee)
    assert "versions/" not in as_manager.get("/review/", {"story": story.ref}).text
    story.edit(telling(nominees=[nominee], headline="Said better"), by=teller)
    assert "versions/" in as_manager.get("/review/", {"story": story.ref}).text


@pytest.mark.parametrize("kind", ["draft", "asking", "withdrawn"])
def test_what_is_its_tellers_alone_is_not_opened(
    kind: str, company: Company, as_culture_lead: Client, teller: User, nominee: User
) -> None:
    story = waiting_story(teller, nominee, headline="Mine alone")
    Story.objects.filter(pk=story.pk).update(state=kind)
    response = as_culture_lead.get("/review/", {"story": story.ref})
    assert response.status_code == 404
    assert b"Mine alone" not in response.content


def test_htmx_gets_the_part_that_changes(waiting: Story, as_manager: Client) -> None:
    part = as_manager.get("/review/", headers=HTMX)
    assert "<html" not in part.text
    assert 'id="review"' in part.text
    assert 'data-announce="It waits"' in part.text


def test_texts_are_escaped_wherever_they_stand(
    company: Company,
    as_manager: Client,
    manager: User,
    teller: User,
    nominee: User,
    culture_lead: User,
) -> None:
    story = waiting_story(teller, nominee, headline="<b>bold</b>")
    story.hand_over(manager, by=culture_lead, note="<i>note</i>")
    page = as_manager.get("/review/", headers=HTMX).text
    assert "<b>bold" not in page
    assert "<i>note" not in page


# --- What it costs ------------------------------------------------------------------------


def queries(client: Client, **query: str) -> list[Any]:
    client.get("/review/", query)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get("/review/", query).status_code == 200
    return caught.captured_queries


@pytest.mark.parametrize("tab", ["waiting", "week", "returned", "hidden"])
def test_the_queries_are_as_many_for_two_stories_as_for_many(
    tab: str, company: Company, manager: User, culture_lead: User, teller: User, nominee: User
) -> None:
    def tell(times: int) -> None:
        for number in range(times):
            story = waiting_story(teller, nominee, UserFactory())
            if number % 2 and tab == "waiting":
                story.hand_over(manager, by=culture_lead)
            elif tab != "waiting":
                story.publish(by=culture_lead)
                Story.objects.filter(pk=story.pk).update(looked_at=None)
            if tab == "returned":
                story.send_back(by=culture_lead, note="Shorter")
            elif tab == "hidden":
                story.hide(by=culture_lead, note="A name")

    client = signed_in(manager)
    tell(8)
    few = len(queries(client, tab=tab))
    tell(PAGE_SIZE + 6)
    many = len(queries(client, tab=tab))
    assert many == few
    assert few <= 60
