"""Looking at the mail with a colleague's eyes, in a frame in which nothing runs."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import Story
from tests.browser.conftest import Visit

PREVIEW = "/digest/desk/preview/"


@pytest.fixture
def page(visit: Visit, company: Company, story: Story, culture_lead: User) -> Page:
    page = visit(culture_lead, color_scheme="light")
    page.goto(PREVIEW)
    return page


def frame_width(page: Page) -> float:
    box = page.locator("iframe").bounding_box()
    assert box
    return box["width"]


def ground(page: Page) -> str:
    """The colour that the mail stands on."""
    body = page.frame_locator("iframe").locator("body")
    return str(body.evaluate("body => getComputedStyle(body).backgroundColor"))


def test_a_colleague_is_found_while_typing_and_their_mail_shown(page: Page, nominee: User) -> None:
    page.get_by_label("Whose copy?").press_sequentially("prya")
    expect(page.locator("#announce")).to_have_text("1 colleague found")
    page.get_by_role("link", name="Priya Desai").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("As Priya Desai reads it")
    expect(page.frame_locator("iframe").get_by_text("Hello Priya")).to_be_visible()


def test_a_colleague_is_found_without_javascript(
    visit: Visit, company: Company, story: Story, culture_lead: User, nominee: User
) -> None:
    page = visit(culture_lead, java_script_enabled=False)
    page.goto(PREVIEW)
    page.get_by_label("Whose copy?").fill("prya")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Priya Desai").click()
    expect(page.frame_locator("iframe").get_by_text("Hello Priya")).to_be_visible()


@pytest.mark.parametrize(("width", "pixels"), [("Phone", 320), ("600 px", 600)])
def test_the_mail_is_shown_as_wide_as_asked(page: Page, width: str, pixels: int) -> None:
    page.get_by_role("link", name=width).click()
    page.wait_for_url("**/?width=*")
    assert frame_width(page) == pixels
    page.get_by_role("link", name="Full width").click()
    page.wait_for_url("**/preview/*#copy")
    assert frame_width(page) > 1000


def test_the_mail_is_shown_light_and_dark(page: Page) -> None:
    hello = page.frame_locator("iframe").get_by_text("Hello Cora")
    grounds = []
    for theme in ("As this screen", "Dark", "Light"):
        page.get_by_role("link", name=theme, exact=True).click()
        expect(page.get_by_role("link", name=theme, exact=True)).to_have_attribute(
            "aria-current", "true"
        )
        expect(hello).to_be_visible()
        grounds.append(ground(page))
    assert grounds[0] == grounds[2] != grounds[1]


def test_a_link_in_the_mail_opens_elsewhere(page: Page, story: Story) -> None:
    link = page.frame_locator("iframe").get_by_role("link", name=story.headline).first
    with page.expect_popup() as opened:
        link.click()
    assert opened.value.url.endswith(story.get_absolute_url())
    expect(page.frame_locator("iframe").get_by_text("Hello Cora")).to_be_visible()
