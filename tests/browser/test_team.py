"""The manager's page and its sheet: sound in every state, one click from a story, and on paper."""

import re

import pytest
from playwright.sync_api import Page

from accounts.models import Company, User
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import LONG_NAME, RIGHT_TO_LEFT
from tests.factories import UserFactory, tell_story

A_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def long_named(company: Company, manager: User, teller: User, nominee: User) -> User:
    """One of a team whose names and stories try the page."""
    person = UserFactory(name=LONG_NAME, manager=manager)
    backwards = UserFactory(name=RIGHT_TO_LEFT, manager=manager)
    UserFactory(name="Quiet Ann", manager=manager)
    tell_story(teller, nominee, person, what_they_did="They rang the owner at seven. " * 160)
    tell_story(nominee, person, helping_hands=[backwards], what_they_did="W" * 900)
    tell_story(
        teller,
        backwards,
        headline="قصة قصيرة عن قارب",
        what_they_did="اتصلت بالمدرسة في السابعة.",
        customer_words="شكرا جزيلا",
        words_source="email",
        customer_role="the owner",
        visibility="private",
    )
    return person


def sheet_of(page: Page) -> None:
    page.goto("/team/sheet/")
    page.get_by_role("button", name="Print").wait_for()


def test_every_state_is_sound(visit: Visit, manager: User, long_named: User) -> None:
    page = visit(manager, reduced_motion="reduce")
    for path, state in (
        ("/team/", "full, with long names"),
        ("/team/?list=not-celebrated-lately", "the quiet list"),
        ("/team/sheet/", "the sheet"),
        ("/team/sheet/?month=2020-02", "a month without stories"),
        ("/team/sheet/?month=nonsense", "a bad month"),
    ):
        page.goto(path)
        assert_sound(page, state)


def test_a_team_without_stories_is_sound(visit: Visit, manager: User, nominee: User) -> None:
    page = visit(manager, reduced_motion="reduce")
    page.goto("/team/")
    assert_sound(page, "no story yet")


def test_from_the_quiet_list_to_the_composer_in_one_click(
    visit: Visit, manager: User, long_named: User
) -> None:
    page = visit(manager)
    page.goto("/team/")
    page.get_by_role("link", name="Tell a story about Quiet Ann").first.click()
    page.get_by_role("list", name="Picked").get_by_text("Quiet Ann", exact=True).wait_for()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_on_paper_each_person_begins_a_page_in_black_on_white(
    paper: str, visit: Visit, manager: User, long_named: User
) -> None:
    manager.theme = "dark"
    manager.save()
    page = visit(manager, color_scheme="dark")
    sheet_of(page)
    people = page.locator(".team-sheet").count()
    pages = len(A_PAGE.findall(page.pdf(format=paper)))
    page.emulate_media(media="print")
    colours = page.evaluate(
        "[getComputedStyle(document.querySelector('.team-sheet__text')).color,"
        " getComputedStyle(document.body).backgroundColor]"
    )

    # Where fonts run wide, the two with long stories may need a second page each.
    assert people == 3
    assert people <= pages <= people + 2
    assert colours == ["oklch(0 0 0)", "oklch(1 0 0)"]
    assert not page.get_by_role("navigation").or_(page.get_by_role("button")).all_inner_texts()
