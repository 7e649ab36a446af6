"""Putting the stories of an edition in order: with the keyboard, the pointer and a finger."""

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from stories.digests.models import Edition
from tests.browser.conftest import Visit
from tests.browser.desk import announced, handle, open_desk, shown, told

pytestmark = pytest.mark.usefixtures("three_in_the_edition")


def test_a_story_moves_by_its_button_and_the_button_keeps_the_focus(
    visit: Visit, culture_lead: User
) -> None:
    page = open_desk(visit(culture_lead))
    first, second, third = shown(page)
    button = page.get_by_role("button", name=f"Move “{third}” up")
    button.focus()
    page.keyboard.press("Enter")
    expect(announced(page)).to_have_text(f"“{third}” is now number 2.")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(announced(page)).to_have_text(f"“{third}” is now number 1.")
    expect(button).to_be_focused()
    assert shown(page) == told() == [third, first, second]


def test_the_button_at_the_end_does_nothing_and_says_so(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    before = shown(page)
    button = page.get_by_role("button", name=f"Move “{before[0]}” up")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.focus()
    page.keyboard.press("Enter")
    assert shown(page) == before
    assert not Edition.objects.exists()


def test_stories_are_put_in_order_with_the_arrow_keys(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    first, second, third = shown(page)
    handle(page, first).focus()
    page.keyboard.press("ArrowDown")
    expect(announced(page)).to_have_text("Number 2")
    page.keyboard.press("ArrowDown")
    expect(announced(page)).to_have_text("Number 3")
    expect(announced(page)).to_have_text("The new order is saved.")
    expect(handle(page, first)).to_be_focused()
    assert shown(page) == told() == [second, third, first]


def test_a_move_made_while_the_order_is_being_saved_is_saved_too(
    visit: Visit, culture_lead: User
) -> None:
    page = open_desk(visit(culture_lead))
    first, second, third = shown(page)
    saves: list[Route] = []
    page.route("**/order/", lambda route: saves.append(route), times=1)
    handle(page, first).focus()
    page.keyboard.press("ArrowDown")
    while not saves:
        page.wait_for_timeout(50)
    saved = saves[0].fetch()
    page.keyboard.press("ArrowDown")
    saves[0].fulfill(response=saved)
    expect(announced(page)).to_have_text("The new order is saved.")
    expect(handle(page, first)).to_be_focused()
    assert shown(page) == told() == [second, third, first]


def drag(page: Page, headline: str, onto: str, *, drop: bool = True) -> None:
    start, end = handle(page, headline).bounding_box(), handle(page, onto).bounding_box()
    assert start and end
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, (start["y"] + end["y"]) / 2)
    page.mouse.move(end["x"] + 10, end["y"] - 30)
    if drop:
        page.mouse.up()


def test_a_story_is_dragged_by_its_handle(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    first, second, third = shown(page)
    drag(page, third, first)
    expect(announced(page)).to_have_text("The new order is saved.")
    assert shown(page) == told() == [third, first, second]


def test_escape_puts_back_what_is_being_dragged(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    before = shown(page)
    drag(page, before[2], before[0], drop=False)
    assert shown(page) == [before[2], *before[:2]]
    page.keyboard.press("Escape")
    assert shown(page) == before
    page.mouse.up()
    assert not Edition.objects.exists()


def test_a_finger_drags_too(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead, viewport={"width": 360, "height": 740}, has_touch=True))
    first, second, third = shown(page)
    # Far from the edges, where the page would scroll along.
    page.locator(".lineup").evaluate("list => scrollTo(0, list.offsetTop - 200)")
    start, end = handle(page, first).bounding_box(), handle(page, second).bounding_box()
    assert start and end
    touch = page.context.new_cdp_session(page)
    x, y = start["x"] + 10, start["y"] + 10

    def send(kind: str, *points: float) -> None:
        places = [{"x": x, "y": at} for at in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    send("touchStart", y)
    for step in range(1, 6):
        send("touchMove", y + step * (end["y"] + 90 - y) / 5)
    send("touchEnd")
    expect(announced(page)).to_have_text("The new order is saved.")
    assert shown(page) == told() == [second, first, third]
