"""The story that is open on the review page: what helps to decide, and what may be done."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.factories import UserFactory, tell_story, telling
from tests.stories.reviewed import HTMX, opened, waiting_story


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee, headline="It waits")


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
