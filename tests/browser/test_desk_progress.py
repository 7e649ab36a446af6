"""A page of the desk that looks again by itself, and takes the focus from nobody."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import User
from stories.digests.desk.mails import send_test
from stories.digests.desk.planning import next_edition
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.sending import send_now
from stories.digests.tasks import depart_edition
from tests.browser.conftest import Visit
from tests.browser.desk import DESK, announced, open_desk

pytestmark = pytest.mark.usefixtures("three_in_the_edition")


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
