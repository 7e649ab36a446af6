"""What the tests of screens with forms do: open one where nothing moves, and press a button."""

from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import Visit


def calm(visit: Visit, person: User | None, path: str) -> Page:
    page = visit(person, reduced_motion="reduce")
    page.goto(path)
    return page


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()
