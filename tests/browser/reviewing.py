"""What tests of the review page in a browser share."""

from playwright.sync_api import Page, expect

NOTE = "Say what changed for the customer."


def open_queue(page: Page, query: str = "") -> Page:
    page.goto(f"/review/{query}")
    # The modules have run once the page has loaded.
    page.wait_for_load_state("load")
    return page


def expect_open(page: Page, number: int) -> None:
    story = page.get_by_role("article", name=f"Story {number}", exact=True)
    expect(story).to_be_visible()
    expect(story).to_be_focused()
