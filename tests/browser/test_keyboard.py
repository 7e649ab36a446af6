"""Reading the feed from the keyboard, and what pages do by themselves."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from stories.models import Cheer, Story
from tests.browser.conftest import Visit
from tests.factories import tell_story


@pytest.fixture
def three(teller: User, nominee: User) -> list[Story]:
    """Oldest first, so that the feed shows them the other way round."""
    return [tell_story(teller, nominee, headline=headline) for headline in ("A", "B", "C")]


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def card(page: Page, headline: str) -> Locator:
    return page.get_by_role("article", name=headline, exact=True)


def open_feed(page: Page) -> Page:
    page.goto("/")
    # The modules have run once the page has loaded.
    page.wait_for_load_state("load")
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_slash_goes_to_the_search(visit: Visit, stranger: User, width: int) -> None:
    page = open_feed(visit(stranger, viewport={"width": width, "height": 740}))
    page.keyboard.press("/")
    page.keyboard.type("kayak")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    expect(search).to_have_value("kayak")
    expect(search).to_be_in_viewport(ratio=1)


def test_n_opens_the_composer(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger))
    page.keyboard.press("n")
    page.wait_for_url("**/stories/new/")


def test_n_opens_the_composer_on_a_phone(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger, viewport={"width": 360, "height": 740}))
    page.keyboard.press("n")
    page.wait_for_url("**/stories/new/")


def test_j_and_k_walk_the_cards_and_stop_at_the_ends(
    visit: Visit, stranger: User, three: list[Story]
) -> None:
    page = open_feed(visit(stranger))
    walked = []
    for key in "jjjjkkk":
        page.keyboard.press(key)
        walked.append(focused(page).get_by_role("heading", level=2).inner_text())
    assert walked == ["C", "B", "A", "A", "B", "C", "C"]


def test_tab_goes_on_inside_the_card(visit: Visit, stranger: User, three: list[Story]) -> None:
    page = open_feed(visit(stranger))
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Tab")
    expect(card(page, "B").locator(":focus")).to_have_count(1)


def test_a_question_mark_shows_the_list_and_escape_closes_it(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_keys_rest_while_somebody_types(visit: Visit, stranger: User, three: list[Story]) -> None:
    page = open_feed(visit(stranger))
    page.get_by_role("searchbox").focus()
    page.keyboard.type("j/?nk")
    expect(page.get_by_role("searchbox")).to_have_value("j/?nk")
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_keys_leave_shortcuts_of_the_browser_alone(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger))
    page.keyboard.press("Control+/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_keys_can_be_switched_off(visit: Visit, stranger: User, three: list[Story]) -> None:
    stranger.shortcuts = False
    stranger.save()
    page = open_feed(visit(stranger))
    for key in "/jk?n":
        page.keyboard.press(key)
    expect(page.locator("body")).to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/")


def test_the_first_tab_skips_to_the_content(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger))
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.fixture
def many(teller: User, nominee: User) -> None:
    """One story more than two pages hold, a minute apart."""
    for number in range(41):
        tell_story(teller, nominee, headline=f"Story {number}")
        Story.objects.filter(headline=f"Story {number}").update(
            published_at=timezone.now() - timedelta(minutes=number)
        )


def test_older_stories_come_as_the_reader_scrolls(visit: Visit, stranger: User, many: None) -> None:
    page = open_feed(visit(stranger))
    expect(page.get_by_role("article")).to_have_count(20)
    for shown in (40, 41):
        page.get_by_role("article").last.scroll_into_view_if_needed()
        page.mouse.wheel(0, 2000)
        expect(page.get_by_role("article")).to_have_count(shown)
    expect(page.get_by_text("That is where it all began.")).to_be_visible()
    expect(page.locator("#announce")).to_have_text(re.compile("more stor"))


def test_older_stories_are_a_link_without_javascript(
    visit: Visit, stranger: User, many: None
) -> None:
    page = visit(stranger, java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Older stories").click()
    expect(card(page, "Story 20")).to_be_visible()
    page.get_by_role("link", name="Older stories").click()
    expect(page.get_by_role("article")).to_have_count(1)


def test_a_cheer_lands_without_a_new_page(visit: Visit, stranger: User, three: list[Story]) -> None:
    page = open_feed(visit(stranger))
    page.evaluate("window.same = true")
    love = card(page, "B").get_by_role("button", name="Love")
    love.focus()
    page.keyboard.press("Enter")
    expect(love).to_have_attribute("aria-pressed", "true")
    expect(love).to_be_focused()
    assert page.evaluate("window.same")
    assert Cheer.objects.get().story == three[1]


def test_a_cheer_lands_without_javascript(visit: Visit, stranger: User, three: list[Story]) -> None:
    page = visit(stranger, java_script_enabled=False)
    page.goto("/")
    love = card(page, "B").get_by_role("button", name="Love")
    love.click()
    expect(love).to_have_attribute("aria-pressed", "true")
    love.click()
    expect(love).to_have_attribute("aria-pressed", "false")


def test_new_stories_are_told_of_without_losing_ones_place(
    visit: Visit, stranger: User, teller: User, nominee: User, three: list[Story]
) -> None:
    page = visit(stranger, viewport={"width": 360, "height": 500})
    page.clock.install()
    open_feed(page)
    for _ in "CBA":
        page.keyboard.press("j")
    before = card(page, "A").bounding_box()
    tell_story(teller, nominee, headline="D")
    page.clock.run_for(61_000)

    notice = page.get_by_role("link", name="1 new story")
    expect(notice).to_be_in_viewport()
    expect(card(page, "A")).to_be_focused()
    assert card(page, "A").bounding_box() == before
    expect(page.locator("#announce")).to_have_text("1 new story")
    notice.click()
    expect(page.get_by_role("article").first).to_have_accessible_name("D")


def test_the_menu_closes_on_escape_and_gives_the_focus_back(visit: Visit, stranger: User) -> None:
    page = open_feed(visit(stranger))
    button = page.locator("summary", has_text="You and your choices")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="My page")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="My page")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_refused_form_puts_the_focus_on_what_to_mend(visit: Visit, stranger: User) -> None:
    page = visit(stranger)
    page.goto("/preferences/")
    page.get_by_label("Name", exact=True).fill("")
    page.get_by_label("Name", exact=True).press("Enter")
    expect(page.get_by_role("group", name="One thing to look at")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
