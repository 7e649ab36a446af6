"""The desk without JavaScript."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from stories.digests.models import DeliveryState, Edition, EditionState
from stories.digests.sending import send_now
from stories.digests.tasks import depart_edition
from tests.browser.conftest import Visit
from tests.browser.desk import DESK, handle, shown, told

pytestmark = pytest.mark.usefixtures("three_in_the_edition")


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


def test_progress_without_javascript_is_a_look_again_away(visit: Visit, culture_lead: User) -> None:
    edition = send_now()
    page = visit(culture_lead, java_script_enabled=False)
    page.goto(DESK)
    expect(page.get_by_text("0 of 5 copies are done")).to_be_visible()
    edition.deliveries.update(state=DeliveryState.SENT, next_attempt_at=None)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("5 of 5 copies are done")).to_be_visible()
