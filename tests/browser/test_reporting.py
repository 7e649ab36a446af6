"""Reporting a story in a real browser, and deciding about it."""

import pytest
from playwright.sync_api import expect

from accounts.models import Company, User
from stories.models import Report, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "It names a customer who did not agree."
LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Llanfairpwll"


def test_a_reader_reports_a_story_without_javascript(
    visit: Visit, company: Company, story: Story, stranger: User
) -> None:
    page = visit(stranger, java_script_enabled=False, viewport=PHONE)
    page.goto(story.get_absolute_url())
    page.get_by_text("Report this story").click()
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("Say what is wrong: a reviewer reads it.").first).to_be_visible()
    page.get_by_label("What is wrong with it?").fill(WHY)
    page.get_by_role("button", name="Report it").click()
    expect(page.get_by_text("Thank you. Its reviewers are told")).to_be_visible()
    expect(page.locator("#report")).to_contain_text("A reviewer will look at it")
    assert [report.reason for report in Report.objects.all()] == [WHY]


def test_every_state_of_reporting_is_sound(
    visit: Visit, company: Company, story: Story, stranger: User, manager: User
) -> None:
    page = visit(stranger, reduced_motion="reduce")
    page.goto(story.get_absolute_url())
    page.get_by_text("Report this story").click()
    assert_sound(page, "the form")
    with page.expect_navigation():
        page.get_by_role("button", name="Report it").click()
    assert_sound(page, "with an error")
    page.get_by_label("What is wrong with it?").fill(WHY)
    with page.expect_navigation():
        page.get_by_role("button", name="Report it").click()
    assert_sound(page, "reported")
    story.keep_as_it_is(by=manager)
    page.reload()
    assert_sound(page, "with an outcome")


def test_a_reviewer_keeps_a_story_with_one_key_and_takes_it_back(
    visit: Visit, company: Company, story: Story, manager: User
) -> None:
    for name in ("Sam Stone", LONG):
        story.report(f"{WHY} {LONG}", by=UserFactory(name=name))
    page = visit(manager, reduced_motion="reduce")
    page.goto("/review/")
    expect(page.get_by_role("heading", name="2 readers reported it")).to_be_visible()
    assert_sound(page, "reported")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("o")
    expect(page.get_by_text("It stays as it is.", exact=True)).to_be_visible(timeout=15_000)
    assert {report.outcome for report in Report.objects.all()} == {"kept"}
    page.keyboard.press("u")
    taken_back = page.get_by_text("Taken back. The story is as it was.", exact=True)
    expect(taken_back).to_be_visible(timeout=15_000)
    assert Report.objects.open().count() == 2
