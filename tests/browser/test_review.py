"""The review page in a browser: what it keeps and takes back, also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from stories.models import State, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.reviewing import NOTE, open_queue
from tests.stories.reviewed import state, waiting_story


def test_escape_closes_the_note_and_undo_goes_after_ten_seconds(
    visit: Visit, manager: User, twelve: list[Story]
) -> None:
    page = visit(manager)
    page.clock.install()
    open_queue(page)
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.get_by_label("What should change?")).to_be_hidden()
    page.keyboard.press("p")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    page.clock.run_for(11_000)
    expect(undo).to_have_count(0)


@pytest.mark.parametrize("scripted", [True, False])
def test_the_note_opens_in_sight_of_who_asks_for_it_from_the_top(
    scripted: bool, visit: Visit, manager: User, teller: User, nominee: User
) -> None:
    waiting_story(teller, nominee, what_they_did="She went and looked.\n\n" * 60)
    page = open_queue(visit(manager, java_script_enabled=scripted, viewport=DESKTOP))
    box = page.get_by_text("Send back", exact=True).bounding_box()
    assert box
    page.mouse.click(box["x"] + 10, box["y"] + 10)
    note = page.get_by_label("What should change?")
    expect(note).to_be_in_viewport(ratio=1)
    if scripted:
        expect(note).to_be_focused()


def test_it_works_without_javascript(visit: Visit, manager: User, twelve: list[Story]) -> None:
    page = visit(manager, java_script_enabled=False)
    page.goto("/review/")
    page.get_by_role("link", name="Next story").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("article", name="Story 2", exact=True)).to_be_visible()
    page.get_by_text("Send back", exact=True).click()
    page.get_by_role("button", name="Send it back").click()
    summary = page.get_by_role("group", name="One thing to look at")
    expect(summary).to_be_in_viewport(ratio=1)
    expect(summary).to_be_focused()
    page.get_by_label("What should change?").fill(NOTE)
    page.get_by_role("button", name="Send it back").click()
    page.get_by_role("checkbox", name="Tick “Story 1”").check()
    page.get_by_role("checkbox", name="Tick “Story 5”").check()
    page.get_by_role("button", name="Publish those ticked").click()
    expect(page.get_by_text("2 stories published.")).to_be_visible()
    assert [state(twelve[at]) for at in (0, 1, 4)] == [
        State.PUBLISHED,
        State.RETURNED,
        State.PUBLISHED,
    ]


def test_who_is_second_is_told_and_keeps_the_note(
    visit: Visit, manager: User, culture_lead: User, twelve: list[Story]
) -> None:
    page = open_queue(visit(manager, reduced_motion="reduce"))
    page.keyboard.press("s")
    page.keyboard.type(NOTE)
    twelve[0].publish(by=culture_lead)
    page.keyboard.press("Control+Enter")
    notice = page.locator("#review").get_by_text(re.compile("Cora Lindqvist published it"))
    expect(notice).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-refused]")).to_be_focused()
    expect(page.get_by_label("What should change?")).to_have_value(NOTE)
    assert "/review/" in page.url
    assert_sound(page, "decided by somebody else")


@pytest.mark.parametrize(("window", "is_marked"), [(PHONE, False), (DESKTOP, True)])
def test_the_list_marks_the_story_that_is_shown_beside_it(
    window: dict[str, int], is_marked: bool, visit: Visit, manager: User, twelve: list[Story]
) -> None:
    rows = open_queue(visit(manager, viewport=window)).locator(".queue__story")
    marks = [row.evaluate("(row) => getComputedStyle(row).backgroundColor") for row in rows.all()]
    assert (marks[0] != marks[1]) == is_marked
