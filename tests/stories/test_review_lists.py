"""The lists of the review page: what each holds, in which order, and which opens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from stories.models import Story
from stories.review.queue import PAGE_SIZE
from tests.conftest import signed_in
from tests.factories import tell_story
from tests.stories.reviewed import listed, opened, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


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
