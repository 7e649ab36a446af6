"""The review page in a browser: a queue cleared from the keyboard, and every state sound."""

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import State, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import LONG_NAME, RIGHT_TO_LEFT
from tests.factories import UserFactory, tell_story
from tests.stories.reviewed import state, waiting_story

NOTE = "Say what changed for the customer."


@pytest.fixture
def twelve(company: Company, manager: User, teller: User, nominee: User) -> list[Story]:
    """Oldest first, as the page lists them."""
    return [
        waiting_story(
            teller,
            nominee,
            headline=f"Story {number}",
            what_they_did="They rang the owner at seven. " * 20,
        )
        for number in range(1, 13)
    ]


def open_queue(page: Page, query: str = "") -> Page:
    page.goto(f"/review/{query}")
    # The modules have run once the page has loaded.
    page.wait_for_load_state("load")
    return page


def expect_open(page: Page, number: int) -> None:
    story = page.get_by_role("article", name=f"Story {number}", exact=True)
    expect(story).to_be_visible()
    expect(story).to_be_focused()


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


def test_it_works_without_javascript(visit: Visit, manager: User, twelve: list[Story]) -> None:
    page = visit(manager, java_script_enabled=False)
    page.goto("/review/")
    page.get_by_role("link", name="Next story").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("article", name="Story 2", exact=True)).to_be_visible()
    page.get_by_text("Send back", exact=True).click()
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
    expect(notice).to_be_visible()
    expect(page.get_by_label("What should change?")).to_have_value(NOTE)
    assert "/review/" in page.url
    assert_sound(page, "decided by somebody else")


def rich_queue(teller: User, nominee: User, lead: User, manager: User) -> dict[str, Story]:
    """A story of each kind, with names and texts that try the page."""
    long_named, backwards = UserFactory(name=LONG_NAME), UserFactory(name=RIGHT_TO_LEFT)
    said: dict[str, Any] = {
        "headline": "W" * 80,
        "what_they_did": "They rang the owner at seven. " * 160,
        "customer_words": "شكرا جزيلا",
        "words_source": "email",
        "customer_role": "the owner",
    }
    names = ("read", "waiting", "handed", "returned", "hidden")
    stories = {
        name: waiting_story(teller, nominee, long_named, backwards, **said) for name in names
    }
    stories["read"].publish(by=lead)
    Story.objects.filter(pk=stories["read"].pk).update(looked_at=None)
    stories["handed"].hand_over(manager, by=lead, note="W" * 300)
    stories["returned"].send_back(by=lead, note="اكتب أكثر " * 20)
    stories["hidden"].publish(by=lead)
    stories["hidden"].hide(by=lead, note="It names a customer.")
    return stories


def test_every_state_is_sound(
    visit: Visit, company: Company, manager: User, teller: User, nominee: User, culture_lead: User
) -> None:
    stories = rich_queue(teller, nominee, culture_lead, manager)
    page = visit(manager, reduced_motion="reduce")
    open_queue(page)
    assert_sound(page, "the list, on a phone, and its first story, on a desktop")
    opened = {"waiting": "handed", "week": "read", "returned": "returned", "hidden": "hidden"}
    for tab, name in opened.items():
        open_queue(page, f"?tab={tab}&story={stories[name].ref}")
        assert_sound(page, f"{tab}, with a story open")
    open_queue(page, "?tab=waiting&story=nothing")
    assert_sound(page, "a story that is not there")
    open_queue(page, f"?tab=waiting&story={stories['waiting'].ref}")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert_sound(page, "with every note open")
    page.get_by_role("button", name="Hand it over").click()
    page.get_by_role("group", name="One thing to look at").wait_for()
    assert_sound(page, "with an error")
    page.locator("summary", has_text="Send back").click()
    page.get_by_label("What should change?").fill(NOTE)
    page.get_by_role("button", name="Send it back").click()
    page.get_by_role("button", name="Undo").wait_for()
    assert_sound(page, "with something to take back")


def test_with_nothing_in_it_it_is_sound(
    visit: Visit, company: Company, manager: User, nominee: User
) -> None:
    page = visit(manager, reduced_motion="reduce")
    for tab in ("waiting", "week", "returned", "hidden"):
        open_queue(page, f"?tab={tab}")
        assert_sound(page, f"nothing in {tab}")
