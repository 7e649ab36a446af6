"""What is typed at the desk and not saved, while somebody previews or tests the edition."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import Story
from tests.browser.conftest import Visit

DESK = "/digest/desk/"
WARNING = "What you typed is not saved: neither has it."


@pytest.fixture
def page(visit: Visit, culture_lead: User, company: Company, story: Story) -> Page:
    page = visit(culture_lead)
    page.goto(DESK)
    page.wait_for_load_state("load")
    return page


def test_what_is_typed_and_not_saved_is_said_beside_the_buttons(page: Page) -> None:
    warning = page.locator("#unsaved")
    expect(warning).to_be_hidden()
    page.get_by_label("Subject").fill("A week of ice")
    expect(warning).to_contain_text(WARNING)
    expect(page.locator("#announce")).to_contain_text(WARNING)
    page.get_by_label("Subject").fill("")
    expect(warning).to_be_hidden()


def test_it_is_still_said_once_a_test_was_asked_for(page: Page) -> None:
    page.get_by_label("Note from the desk").fill("Thank you all.")
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.get_by_text("Your test is on its way.")).to_be_visible()
    expect(page.locator("#unsaved")).to_be_visible()


def test_saving_takes_it_away_and_says_so_where_one_lands(page: Page) -> None:
    page.get_by_label("Subject").fill("A week of ice")
    page.get_by_role("button", name="Save your words").click()
    expect(page.locator("#words").get_by_text("Saved.")).to_be_in_viewport()
    expect(page.locator("#announce")).to_have_text("Saved.")
    expect(page.locator("#unsaved")).to_be_hidden()


def test_what_was_refused_is_not_saved(page: Page) -> None:
    page.get_by_label("Subject").fill("x" * 130)
    page.get_by_role("button", name="Save your words").click()
    expect(page.locator("#unsaved")).to_be_visible()
