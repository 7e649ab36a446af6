"""The review page in a browser: a queue cleared from the keyboard."""

import re
from typing import Literal

import pytest
from playwright.sync_api import expect

from accounts.models import Company, User
from stories.models import State, Story
from tests.browser.conftest import Visit
from tests.browser.reviewing import NOTE, expect_open, open_queue
from tests.factories import tell_story
from tests.stories.reviewed import state


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 1280), ("dark", 360)])
def test_a_manager_clears_a_queue_of_twelve_with_the_keyboard_alone(
    theme: Literal["light", "dark"],
    width: int,
    visit: Visit,
    manager: User,
    twelve: list[Story],
) -> None:
    page = open_queue(visit(manager, color_scheme=theme, viewport={"width": width, "height": 740}))
    keys = page.keyboard
    if width == 360:
        keys.press("j")
    else:
        keys.press("j")
        expect_open(page, 2)
        keys.press("k")
    expect_open(page, 1)

    keys.press("p")
    expect_open(page, 2)
    expect(page.locator("#announce")).to_have_text(re.compile("Published.*Story 2"))

    # Sent back: the note has the focus, and the keys rest while it is typed.
    keys.press("s")
    expect(page.get_by_label("What should change?")).to_be_focused()
    keys.press("Control+Enter")
    expect(page.get_by_role("group", name="One thing to look at")).to_be_focused()
    keys.type("pnah")
    assert state(twelve[1]) == State.WAITING
    page.get_by_label("What should change?").focus()
    keys.type(f"{NOTE} jkpfhlu")
    keys.press("Control+Enter")
    expect_open(page, 3)

    # A slip is taken back, and decided otherwise.
    keys.press("p")
    expect_open(page, 4)
    keys.press("u")
    expect_open(page, 3)
    expect(page.locator("#announce")).to_have_text(re.compile("Taken back"))
    keys.press("s")
    keys.type("Shorter")
    keys.press("Control+Enter")

    for number in range(4, 13):
        expect_open(page, number)
        keys.press("p")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    expect(page.locator("#due-count")).to_have_text("")
    states = [state(story) for story in twelve]
    assert states.count(State.PUBLISHED) == 10
    assert states[1] == states[2] == State.RETURNED


def test_this_week_is_cleared_featured_and_hidden_with_keys(
    visit: Visit, company: Company, manager: User, teller: User, nominee: User
) -> None:
    third, second, first = (
        tell_story(teller, nominee, headline=f"Story {number}") for number in (3, 2, 1)
    )
    page = open_queue(visit(manager), f"?tab=week&story={first.ref}")
    page.keyboard.press("l")
    expect_open(page, 2)
    page.keyboard.press("f")
    expect_open(page, 3)
    page.keyboard.press("h")
    expect(page.get_by_label("Why hide it?")).to_be_focused()
    page.keyboard.type("It names a customer.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="You have seen it all")).to_be_visible()
    for story in (first, second, third):
        story.refresh_from_db()
    assert first.looked_at
    assert second.featured_at
    assert third.state == State.HIDDEN


def test_the_list_of_keys_tells_of_these(visit: Visit, manager: User, twelve: list[Story]) -> None:
    page = open_queue(visit(manager))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Send back, with a note")


def test_keys_that_are_switched_off_decide_nothing(
    visit: Visit, manager: User, twelve: list[Story]
) -> None:
    manager.shortcuts = False
    manager.save()
    page = open_queue(visit(manager))
    for key in "pshlfju":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert {state(story) for story in twelve} == {State.WAITING}


def test_on_a_phone_no_key_decides_about_what_is_not_shown(
    visit: Visit, manager: User, twelve: list[Story]
) -> None:
    page = open_queue(visit(manager, viewport={"width": 360, "height": 740}))
    page.keyboard.press("p")
    page.keyboard.press("j")
    expect_open(page, 1)
    assert {state(story) for story in twelve} == {State.WAITING}
