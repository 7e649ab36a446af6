"""Joining a story from the composer in a real browser, with JavaScript and without."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import CustomerGroup, State, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.factories import draft_story, tell_story
from tests.stories.told_twice import KAYAK, REWORDED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(teller: User, nominee: User, suppliers: CustomerGroup, company: Company) -> Story:
    return tell_story(teller, nominee, headline="After the flood", what_they_did=KAYAK)


def write(page: Page) -> None:
    page.get_by_label("In one line, what happened?").fill("The jetty was gone")
    page.get_by_label("What did they do?").fill(REWORDED)


def add_voice(page: Page) -> None:
    expect(page.get_by_label("What did you see?")).to_have_value(REWORDED)
    page.get_by_role("button", name="Add your voice").click()
    expect(page.locator("#voices")).to_contain_text("1 more voice")
    expect(page.locator("#voices")).to_contain_text("Sam Stone")


def test_a_similar_story_is_shown_while_somebody_writes_and_takes_their_voice(
    visit: Visit, told: Story, stranger: User
) -> None:
    page = visit(stranger)
    page.goto("/stories/new/")
    page.get_by_label("Who was it?").press_sequentially("priya")
    page.get_by_role("option", name="Priya Desai").click()
    write(page)
    said = "A colleague told a story like this one. It is shown beside the form."
    expect(page.locator("#similar-said")).to_have_text(said)
    expect(page.get_by_label("What did they do?")).to_have_value(REWORDED)
    page.locator("#similar").get_by_role("button", name="Add your voice").click()
    add_voice(page)
    assert [story.state for story in Story.objects.told_by(stranger)] == [State.WITHDRAWN]


def test_without_javascript_the_question_comes_before_publishing(
    visit: Visit, told: Story, stranger: User
) -> None:
    page = visit(stranger, java_script_enabled=False, viewport=PHONE)
    page.goto("/stories/new/")
    page.get_by_label("Who was it?").fill("priya")
    page.get_by_role("button", name="Find").first.click()
    page.get_by_label("Priya Desai").check()
    page.get_by_label("Suppliers").check()
    write(page)
    page.get_by_role("button", name="Publish the story").click()
    expect(page.get_by_role("heading", name="Has this been told already?")).to_be_visible()
    expect(page.get_by_role("button", name="Tell it all the same")).to_be_visible()
    page.get_by_role("button", name="Add your voice").first.click()
    add_voice(page)


def test_every_page_of_a_voice_is_sound(
    visit: Visit, told: Story, nominee: User, stranger: User, manager: User
) -> None:
    page = visit(stranger, reduced_motion="reduce")
    draft = draft_story(stranger, nominee, headline="The jetty", what_they_did=REWORDED)
    page.goto(f"/stories/new/?draft={draft.ref}")
    assert_sound(page, "the composer with a similar story beside it")
    page.get_by_role("button", name="Publish the story").click()
    page.get_by_role("heading", name="Has this been told already?").wait_for()
    assert_sound(page, "the composer that asks")
    page.goto(f"/stories/{told.ref}/voice/")
    page.get_by_role("button", name="Add your voice").click()
    page.get_by_text("One thing to look at").wait_for()
    assert_sound(page, "the form with an error")
    told.add_voice(REWORDED, by=stranger)
    told.add_voice("So did I.", by=manager)
    page.goto(told.get_absolute_url())
    page.get_by_text("Take your voice back").click()
    assert_sound(page, "the story with voices")
    page.goto("/")
    assert_sound(page, "the feed with a card that counts voices")
    page.goto(f"/stories/{told.ref}/voice/")
    assert_sound(page, "a second voice refused")
