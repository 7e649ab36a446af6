"""An edit that waits, in the browser: proposed, read beside the old text, sent back, published."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.factories import telling
from tests.stories.composing import photo_file
from tests.stories.reviewed import review_first

NEW = "Forty-one trips were saved"


@pytest.fixture
def careful(company: Company, story: Story, manager: User) -> Story:
    review_first()
    return story


def calm(visit: Visit, person: User, path: str, **options: object) -> Page:
    page = visit(person, reduced_motion="reduce", **options)
    page.goto(path)
    return page


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_a_change_is_proposed_sent_back_and_published(
    visit: Visit, careful: Story, manager: User
) -> None:
    theirs = calm(visit, careful.teller, f"{careful.get_absolute_url()}editing/")
    assert_sound(theirs, "the form, before proposing")
    theirs.get_by_label("In one line, what happened?").fill(NEW)
    press(theirs, "Propose the change")
    assert_sound(theirs, "the story, with a change that waits")
    theirs.get_by_role("link", name="See what you proposed").click()
    theirs.get_by_role("heading", name="What would change").wait_for()
    assert_sound(theirs, "what the teller proposed")

    ours = calm(visit, manager, careful.get_absolute_url(), viewport=PHONE)
    assert_sound(ours, "a reviewer, at the story")
    ours.get_by_role("link", name="Read it and decide").click()
    ours.get_by_text("Send it back").click()
    assert_sound(ours, "a reviewer, at the change")
    press(ours, "Send the change back")
    assert_sound(ours, "sent back without a note")
    ours.get_by_label("What should be different?").fill("Forty, I think?")
    press(ours, "Send the change back")
    ours.get_by_text("the teller reads your note").first.wait_for()

    theirs.reload()
    theirs.get_by_text("Forty, I think?").wait_for()
    assert_sound(theirs, "the teller, after it was sent back")
    theirs.get_by_role("link", name="Go on changing it").click()
    press(theirs, "Propose the change")
    ours.goto(f"{careful.get_absolute_url()}proposal/")
    press(ours, "Let it be read")
    ours.get_by_role("heading", name=NEW).wait_for()


def test_a_change_with_a_photo(visit: Visit, careful: Story, manager: User) -> None:
    said = telling(nominees=careful.nominees, photo=photo_file(), photo_alt="A quay at dawn")
    careful.edit(said, by=careful.teller)
    page = calm(visit, manager, f"{careful.get_absolute_url()}proposal/")
    page.get_by_alt_text("A quay at dawn").wait_for()
    assert_sound(page, "a change with a photo")


def test_featured_stories_on_the_feed(visit: Visit, story: Story, culture_lead: User) -> None:
    story.feature(by=culture_lead)
    page = calm(visit, story.teller, "/")
    page.get_by_text("Featured").wait_for()
    assert_sound(page, "a featured story on the feed")


def test_a_change_is_decided_with_keys_from_the_review_page(
    visit: Visit, careful: Story, manager: User
) -> None:
    careful.edit(telling(nominees=careful.nominees, headline=NEW), by=careful.teller)
    page = calm(visit, manager, "/review/?tab=changes")
    page.wait_for_load_state("load")
    page.keyboard.press("c")
    page.get_by_role("heading", name="What would change").wait_for()
    page.wait_for_load_state("load")
    page.keyboard.press("s")
    page.keyboard.press("Escape")
    expect(page.get_by_label("What should be different?")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.get_by_role("heading", name="No change waits")).to_be_visible()
    careful.refresh_from_db()
    assert careful.headline == NEW
