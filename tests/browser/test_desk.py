"""The desk in a real browser: with the keyboard, with the pointer, and without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import Company, User
from stories.digests.desk.arranging import take_out
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup
from stories.digests.desk.mails import send_test
from stories.digests.desk.planning import next_edition
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.sending import send_now
from stories.digests.tasks import depart_edition
from tests.browser.conftest import Visit
from tests.factories import GroupFactory, UserFactory, tell_story

DESK = "/digest/desk/"
WEEK = timedelta(weeks=1)
HEADLINES = ("Ice on the quay", "A lost voucher", "Forty chairs by noon")


@pytest.fixture(autouse=True)
def three(company: Company, teller: User) -> None:
    """Three stories of three groups: all of them are in the next edition."""
    for headline in HEADLINES:
        tell_story(teller, UserFactory(), customer_group=GroupFactory(), headline=headline)


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


def test_what_is_taken_out_can_be_found_and_added_again(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    first, *others = shown(page)
    page.get_by_role("button", name=f"Take out : {first}").click()
    expect(announced(page)).to_have_text(f"“{first}” is taken out.")
    expect(page.get_by_role("heading", name="What it tells")).to_be_focused()
    assert shown(page) == others
    page.get_by_text("Add another story").click()
    page.get_by_label("Look for a story of these weeks").press_sequentially(first[-5:])
    expect(announced(page)).to_have_text("1 story found")
    page.get_by_role("button", name=f"Add : {first}").click()
    expect(announced(page)).to_have_text(f"“{first}” is added.")
    expect(page.get_by_role("button", name=f"Move “{first}” up")).to_be_focused()
    assert shown(page) == [*others, first]


def test_who_adds_one_story_can_look_for_the_next(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    for headline in HEADLINES[:2]:
        page.get_by_role("button", name=f"Take out : {headline}").click()
        expect(announced(page)).to_have_text(f"“{headline}” is taken out.")
    page.get_by_text("Add another story").click()
    look_for = page.get_by_label("Look for a story of these weeks")
    look_for.fill("Ice")
    expect(announced(page)).to_have_text("1 story found")
    page.get_by_role("button", name=f"Add : {HEADLINES[0]}").click()
    expect(announced(page)).to_have_text(f"“{HEADLINES[0]}” is added.")
    expect(look_for).to_have_value("Ice")
    expect(look_for).to_be_visible()
    look_for.fill("")
    expect(page.get_by_role("button", name=f"Add : {HEADLINES[1]}")).to_be_visible()


def test_a_story_is_taken_out_while_the_copies_leave(visit: Visit, culture_lead: User) -> None:
    send_now()
    page = open_desk(visit(culture_lead))
    first, *others = shown(page)
    page.get_by_role("button", name=f"Take out : {first}").click()
    expect(announced(page)).to_have_text(f"“{first}” is taken out.")
    assert shown(page) == others


def test_an_edition_without_stories_has_others_to_look_for(
    visit: Visit, culture_lead: User
) -> None:
    edition = next_edition()
    for placed in lineup(edition):
        take_out(edition, placed.story, by=culture_lead)
    page = open_desk(visit(culture_lead))
    page.get_by_text("Add another story").click()
    page.get_by_label("Look for a story of these weeks").fill("Ice")
    expect(announced(page)).to_have_text("1 story found")
    expect(page.locator(".spare__title")).to_have_text([HEADLINES[0]])


def test_moving_a_story_loses_no_word_of_the_note(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    note.fill("Not saved yet")
    second = shown(page)[1]
    page.get_by_role("button", name=f"Move “{second}” up").click()
    expect(page.locator("#id_subject_helptext")).to_contain_text(second)
    expect(note).to_have_value("Not saved yet")


def test_the_focus_stays_on_a_count_while_the_figures_come_anew(
    visit: Visit, culture_lead: User
) -> None:
    send_now()
    page = open_desk(visit(culture_lead))
    count = page.locator(".desk-counts a").first
    count.focus()
    with page.expect_response("**/progress/**") as answer:
        pass
    answer.value.finished()
    page.wait_for_timeout(300)
    expect(count).to_be_focused()


def test_the_focus_stays_beside_a_test_that_is_on_its_way(visit: Visit, culture_lead: User) -> None:
    send_test(next_edition(), by=culture_lead)
    page = open_desk(visit(culture_lead))
    preview = page.get_by_role("link", name="Preview it")
    preview.focus()
    with page.expect_response("**/test/") as answer:
        pass
    answer.value.finished()
    page.wait_for_timeout(300)
    expect(preview).to_be_focused()


def test_a_session_that_ends_while_an_edition_leaves_takes_no_word_of_the_note(
    visit: Visit, culture_lead: User
) -> None:
    edition = next_edition()
    freeze_now(edition, by=culture_lead)
    Edition.objects.update(cutoff_at=timezone.now(), week_start=edition.week_start - WEEK)
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    page.context.clear_cookies(name="sessionid")
    note.press_sequentially("Thank you all")
    expect(page.locator("#progress").get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("#failure")).to_be_hidden()
    expect(note).to_have_value("Thank you all")


def test_a_session_that_ends_while_a_story_is_moved_takes_no_word_of_the_note(
    visit: Visit, culture_lead: User
) -> None:
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    note.fill("Thank you all")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name=f"Move “{shown(page)[1]}” up").click()
    expect(page.locator("#failure")).to_contain_text("You are signed out.")
    expect(note).to_have_value("Thank you all")


def test_letters_are_counted_as_they_are_written(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    page.get_by_label("Subject").fill("x" * 121)
    expect(page.get_by_text("121 of 120 letters, 1 too many")).to_be_visible()


def test_the_desk_works_without_javascript(visit: Visit, culture_lead: User) -> None:
    page = visit(culture_lead, java_script_enabled=False)
    page.goto(DESK)
    first, second, third = shown(page)
    expect(handle(page, first)).to_be_hidden()
    page.get_by_role("button", name=f"Move “{first}” down").click()
    assert shown(page) == [second, first, third]
    page.get_by_role("button", name=f"Take out : {third}").click()
    assert shown(page) == [second, first]
    page.get_by_text("Add another story").click()
    page.get_by_label("Look for a story of these weeks").fill(third)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name=f"Add : {third}").click()
    assert shown(page) == told() == [second, first, third]
    page.get_by_label("Note from the desk").fill("Thank you all.")
    page.get_by_role("button", name="Save your words").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    page.get_by_role("button", name="Let it go on").click()
    page.get_by_role("button", name="Choose now: nothing new joins by itself").click()
    expect(page.get_by_text("Its stories are fixed. It leaves at its hour.")).to_be_visible()
    page.get_by_role("link", name="Give this edition up").click()
    page.get_by_label("Why?").fill("The wrong week.")
    page.get_by_role("button", name="Yes, give it up").click()
    assert set(Edition.objects.values_list("state", flat=True)) == {EditionState.ABORTED}


def test_it_is_sent_at_once_without_javascript(visit: Visit, culture_lead: User) -> None:
    page = visit(culture_lead, java_script_enabled=False)
    page.goto(DESK)
    before = shown(page)
    page.get_by_role("link", name="Send it now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Send the edition of")
    assert page.get_by_role("main").locator("ol li").all_inner_texts() == before
    page.get_by_role("button", name="Yes, send it to").click()
    expect(page.get_by_role("heading", name="About to leave")).to_be_visible()
    depart_edition(Edition.objects.get().pk)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()


def test_a_page_that_shows_it_about_to_leave_sees_it_leave(
    visit: Visit, culture_lead: User
) -> None:
    page = visit(culture_lead)
    page.goto(DESK)
    page.get_by_role("link", name="Send it now").click()
    page.get_by_role("button", name="Yes, send it to").click()
    expect(page.get_by_role("heading", name="About to leave")).to_be_visible()
    expect(page.get_by_role("link", name="Send it now")).to_have_count(0)
    depart_edition(Edition.objects.get().pk)
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()


def test_progress_without_javascript_is_a_look_again_away(visit: Visit, culture_lead: User) -> None:
    edition = send_now()
    page = visit(culture_lead, java_script_enabled=False)
    page.goto(DESK)
    expect(page.get_by_text("0 of 5 copies are done")).to_be_visible()
    edition.deliveries.update(state=DeliveryState.SENT, next_attempt_at=None)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("5 of 5 copies are done")).to_be_visible()


def test_progress_comes_by_itself_and_ends_by_itself(visit: Visit, culture_lead: User) -> None:
    edition = send_now()
    page = open_desk(visit(culture_lead))
    expect(page.get_by_role("heading", name="On its way")).to_be_visible()
    Delivery.objects.update(state=DeliveryState.SENT, next_attempt_at=None)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    expect(announced(page)).to_have_text("Sent: 100 % of all copies are done")
    expect(page.locator("#progress")).not_to_have_attribute("hx-trigger", re.compile("."))


def test_pausing_while_it_leaves_keeps_the_focus_on_the_button(
    visit: Visit, culture_lead: User
) -> None:
    send_now()
    page = open_desk(visit(culture_lead))
    page.get_by_role("button", name="Pause it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    expect(page.get_by_role("button", name="Let it go on")).to_be_focused()
    assert Edition.objects.get().paused_at


def test_figures_that_cannot_be_fetched_say_so_beside_them_alone(
    visit: Visit, culture_lead: User
) -> None:
    send_now()
    page = open_desk(visit(culture_lead))
    stale = page.locator("#progress").get_by_text("No connection. These figures are of")
    expect(stale).to_be_hidden()
    # As htmx says it; a request that truly fails is an error of the page's console.
    page.locator("#progress").evaluate("box => htmx.trigger(box, 'htmx:sendError')")
    expect(stale).to_be_visible()
    expect(page.locator("#failure")).to_be_hidden()
