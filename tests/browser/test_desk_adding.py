"""Taking stories out of an edition and adding others, in a real browser."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from stories.digests.desk.arranging import take_out
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.digests.sending import send_now
from tests.browser.conftest import Visit
from tests.browser.desk import HEADLINES, announced, open_desk, shown

pytestmark = pytest.mark.usefixtures("three_in_the_edition")


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
