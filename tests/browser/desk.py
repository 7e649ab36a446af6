"""What tests of the desk in a browser share: opening it, and what it shows."""

from playwright.sync_api import Locator, Page

from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition

DESK = "/digest/desk/"

HEADLINES = ("Ice on the quay", "A lost voucher", "Forty chairs by noon")


def open_desk(page: Page) -> Page:
    page.goto(DESK)
    # The modules have run once the page has loaded.
    page.wait_for_load_state("load")
    return page


def shown(page: Page) -> list[str]:
    return page.locator(".lineup__title").all_inner_texts()


def told() -> list[str]:
    return [place.story.headline for place in lineup(next_edition())]


def announced(page: Page) -> Locator:
    return page.locator("#announce")


def handle(page: Page, headline: str) -> Locator:
    return page.get_by_role("button", name=f"Move “{headline}”", exact=True)
