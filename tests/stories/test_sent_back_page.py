"""Where a teller meets what was sent back to them, and why."""

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Story
from tests.factories import telling
from tests.stories.reviewed import review_first, waiting_story

NOTE = "Which school was it?"


@pytest.fixture
def returned(company: Company, manager: User, teller: User, nominee: User) -> Story:
    story = waiting_story(teller, nominee, headline="It came back")
    story.send_back(by=manager, note="First: shorter, please.")
    story.submit(by=teller)
    story.send_back(by=manager, note=NOTE)
    return story


def text(client: Client, url: str) -> str:
    return client.get(url, follow=True).text


def test_the_storys_page_says_why_before_anything_else(returned: Story, as_teller: Client) -> None:
    page = text(as_teller, returned.get_absolute_url())
    assert page.index("This story was sent back to you.") < page.index(NOTE)
    assert page.index(NOTE) < page.index("It came back</h")


def test_one_button_leads_to_writing_on(returned: Story, as_teller: Client) -> None:
    page = text(as_teller, returned.get_absolute_url())
    assert page.count(f'href="/stories/{returned.ref}/editing/"') == 1
    assert "Go on writing" in page


def test_the_composer_keeps_it_in_sight(returned: Story, as_teller: Client) -> None:
    page = text(as_teller, f"/stories/{returned.ref}/editing/")
    assert NOTE in page
    assert "First: shorter, please." not in page
    assert "Publish the story" in page


def test_a_draft_that_was_never_sent_back_says_nothing(
    company: Company, as_teller: Client, teller: User
) -> None:
    assert "was sent back to you" not in text(as_teller, "/stories/new/")


def test_ones_own_list_leads_to_the_reason(returned: Story, as_teller: Client) -> None:
    page = text(as_teller, "/stories/mine/?list=under-way")
    assert "A reviewer asks you to change it." in page
    assert "Read why" in page


def test_the_form_of_a_change_that_was_sent_back_says_why(
    story: Story, manager: User, as_teller: Client, as_manager: Client
) -> None:
    review_first()
    story.edit(telling(nominees=story.nominees, headline="New"), by=story.teller)
    url = f"/stories/{story.ref}/editing/"
    assert "sent your change back" not in text(as_teller, url)
    story.send_edit_back(by=manager, note=NOTE)
    assert NOTE in text(as_teller, url)
    assert NOTE not in text(as_manager, url)
