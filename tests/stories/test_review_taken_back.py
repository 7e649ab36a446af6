"""Whoever undoes a decision finds again the note that they had written with it."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.factories import UserFactory, telling
from tests.stories.reviewed import decide, review_first, seen, waiting_story

pytestmark = pytest.mark.django_db

NOTE = "Which school was it?"


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    return waiting_story(teller, nominee)


def undo(client: Client, story: Story, **sent: Any) -> Any:
    sent = {"deed": seen(story)} | sent
    return client.post(f"/stories/{story.ref}/undoing/", sent, follow=True)


def begun(page: Any, form: str = "sending_back") -> Any:
    return page.context[form]["note"].value()


def test_sending_back_begins_with_it(waiting: Story, as_manager: Client) -> None:
    decide(as_manager, waiting, "sending-back", note=NOTE)
    page = undo(as_manager, waiting)
    assert begun(page) == NOTE
    assert begun(page, "handing") is None


def test_so_does_hiding_on_the_storys_own_page(story: Story, as_manager: Client) -> None:
    decide(as_manager, story, "hiding", tab="", note=NOTE)
    page = undo(as_manager, story, at="story")
    assert page.request["PATH_INFO"] == story.get_absolute_url()
    assert begun(page, "hiding") == NOTE
    assert begun(page) is None


def test_so_does_handing_over(waiting: Story, as_manager: Client, culture_lead: User) -> None:
    decide(as_manager, waiting, "handing-over", to=culture_lead.ref, note=NOTE)
    assert begun(undo(as_manager, waiting), "handing") == NOTE


def test_so_does_sending_a_change_back(story: Story, manager: User, as_manager: Client) -> None:
    review_first()
    story.edit(telling(nominees=story.nominees, headline="New"), by=story.teller)
    story.send_edit_back(by=manager, note=NOTE)
    undo(as_manager, story)
    page = as_manager.get(f"/stories/{story.ref}/proposal/")
    assert begun(page, "form") == NOTE


def test_a_report_meanwhile_loses_nothing(story: Story, as_manager: Client) -> None:
    decide(as_manager, story, "hiding", note=NOTE)
    undo(as_manager, story)
    story.report("It names a customer.", by=UserFactory())
    assert begun(as_manager.get("/review/", {"story": story.ref}), "hiding") == NOTE


def test_nobody_else_is_handed_it(
    waiting: Story, as_manager: Client, as_culture_lead: Client
) -> None:
    decide(as_manager, waiting, "sending-back", note=NOTE)
    undo(as_manager, waiting)
    assert begun(as_culture_lead.get("/review/")) is None


def test_it_is_over_once_the_story_has_changed(
    waiting: Story, as_manager: Client, teller: User, nominee: User
) -> None:
    decide(as_manager, waiting, "sending-back", note=NOTE)
    undo(as_manager, waiting)
    waiting.edit(telling(nominees=[nominee], headline="Said better"), by=teller)
    assert begun(as_manager.get("/review/")) is None
