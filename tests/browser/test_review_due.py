"""What is due to a reviewer, in sight on a phone, in a browser."""

from playwright.sync_api import expect

from accounts.models import Company, User
from stories.models import Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.browser.reviewing import open_queue
from tests.factories import tell_story
from tests.stories.reviewed import waiting_story


def test_on_a_phone_it_stands_in_sight_until_all_is_decided(
    visit: Visit, company: Company, manager: User, teller: User, nominee: User
) -> None:
    waiting_story(teller, nominee, headline="Story 1")
    page = visit(manager, viewport=PHONE)
    page.goto("/")
    due = page.get_by_role("link", name="Review 1 to decide")
    expect(due).to_be_in_viewport(ratio=1)
    due.click()
    page.get_by_role("link", name="Read the first").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(page.locator(".bar__due")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(due).to_be_in_viewport(ratio=1)


def test_on_a_wide_window_it_stands_in_the_navigation_alone(
    visit: Visit, manager: User, twelve: list[Story]
) -> None:
    page = visit(manager)
    page.goto("/")
    expect(page.get_by_role("link", name="Review 12 to decide")).to_have_count(1)


def test_a_page_that_says_so_is_sound(
    visit: Visit, manager: User, twelve: list[Story], teller: User
) -> None:
    page = visit(manager, reduced_motion="reduce")
    page.goto("/preferences/")
    assert_sound(page, "preferences, with something due")


def test_several_are_taken_back_with_a_key(
    visit: Visit, manager: User, twelve: list[Story]
) -> None:
    page = open_queue(visit(manager))
    page.get_by_role("checkbox", name="Tick “Story 1”", exact=True).check()
    page.get_by_role("checkbox", name="Tick “Story 2”", exact=True).check()
    page.get_by_role("button", name="Publish those ticked").click()
    expect(page.locator("#due-count")).to_have_text("10 to decide")
    page.keyboard.press("u")
    expect(page.get_by_text("2 stories are as they were.").first).to_be_visible()
    expect(page.locator("#due-count")).to_have_text("12 to decide")


def test_a_story_is_handed_over_where_it_is_read(
    visit: Visit, manager: User, culture_lead: User, twelve: list[Story]
) -> None:
    page = visit(manager)
    page.goto(twelve[0].get_absolute_url())
    page.wait_for_load_state("load")
    page.keyboard.press("a")
    choice = page.get_by_role("radio", name=culture_lead.name)
    expect(choice).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_label("What should they know?").fill("You know the customer.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Handed over.", exact=True)).to_be_visible()
    twelve[0].refresh_from_db()
    assert twelve[0].handed_to == culture_lead


def test_nobody_to_hand_it_to_is_said_to_the_keyboard(
    visit: Visit, company: Company, culture_lead: User, teller: User, nominee: User
) -> None:
    """The key leaves the focus on its button, so that the sentence is read next."""
    story = tell_story(teller, nominee)
    User.objects.exclude(pk=culture_lead.pk).update(manager=None)
    page = visit(culture_lead)
    page.goto(story.get_absolute_url())
    page.wait_for_load_state("load")
    page.keyboard.press("a")
    expect(page.get_by_text("Nobody else may decide about this story today.")).to_be_visible()
    expect(page.locator("#hand-over > summary")).to_be_focused()
