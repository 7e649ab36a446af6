"""Whoever is asked answers on a phone; voices are hidden; both pages are sound."""

from playwright.sync_api import Page

from accounts.models import Company, Publicity, User
from stories.models import State, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.factories import UserFactory, tell_story, wants
from tests.stories.composing import photo_file

NOTE = "It names the customer, who did not agree to that."


def on_a_phone(visit: Visit, person: User, story: Story) -> Page:
    page = visit(person, viewport=PHONE, reduced_motion="reduce")
    page.goto(story.get_absolute_url())
    return page


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_somebody_asked_answers_on_a_phone(
    visit: Visit, company: Company, teller: User, nominee: User
) -> None:
    helper = UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)
    story = tell_story(
        teller,
        wants(nominee, Publicity.ASK_FIRST),
        helping_hands=[helper],
        photo=photo_file(640, 480),
        photo_alt="Two people on a quay",
    )
    page = on_a_phone(visit, nominee, story)
    page.get_by_role("link", name="Go to your answer").click()
    answers = page.get_by_role("region", name="Your answer")
    assert answers.get_by_role("button").all_inner_texts() == [
        "Agree",
        "Agree without my photo",
        "Keep it private",
    ]
    for button in answers.get_by_role("button").all():
        described = page.locator(f"#{button.get_attribute('aria-describedby')}")
        assert described.inner_text().endswith(".")
    assert_sound(page, "to somebody asked, with a photo")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.goto(f"{story.get_absolute_url()}#answer")
    page.get_by_role("button", name="Agree", exact=True).wait_for()
    assert page.evaluate("window.scrollY") > 0
    press(page, "Agree without my photo")
    page.locator("#messages").get_by_text("once everybody asked has agreed").wait_for()
    assert_sound(page, "to somebody who has answered")

    own = on_a_phone(visit, teller, story)
    own.get_by_text("agreed without the photo, so it was taken away").wait_for()
    own.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert_sound(own, "to its teller, without its photo")
    own.goto(story.get_absolute_url())
    own.get_by_text("Go on writing", exact=True).click()
    press(own, "Yes, go on writing")
    own.get_by_label("In one line, what happened?").wait_for()
    story.refresh_from_db()
    assert story.state == State.DRAFT


def test_voices_are_hidden_and_shown_again(
    visit: Visit, company: Company, story: Story, nominee: User, stranger: User, manager: User
) -> None:
    story.add_voice("I heard her ring all forty-one of them.", by=stranger)
    page = on_a_phone(visit, nominee, story)
    assert_sound(page, "with a voice, to somebody named")
    press(page, "Not this one")
    page.get_by_text("1 hidden voice").click()
    assert_sound(page, "with a hidden voice, to whoever hid it")
    theirs = on_a_phone(visit, stranger, story)
    theirs.get_by_text("would rather do without your voice").wait_for()
    assert_sound(theirs, "with a hidden voice, to its teller")
    press(page, "Show it again")

    review = on_a_phone(visit, manager, story)
    review.get_by_role("link", name="Hide this voice").click()
    assert_sound(review, "the form to hide a voice")
    press(review, "Hide this voice")
    assert_sound(review, "the form to hide a voice, with an error")
    review.get_by_label("Why hide it?").fill(NOTE)
    press(review, "Hide this voice")
    review.get_by_text("1 hidden voice").click()
    review.locator("#voices").get_by_text(NOTE).wait_for()
    theirs.reload()
    theirs.get_by_text(NOTE).wait_for()


def test_ones_own_page_with_a_voice_out_of_reach(
    visit: Visit, company: Company, story: Story, stranger: User, teller: User
) -> None:
    story.add_voice("I heard her ring all forty-one of them.", by=stranger)
    story.keep_private(by=teller)
    page = visit(stranger, viewport=PHONE, reduced_motion="reduce")
    page.goto("/stories/mine/")
    assert_sound(page, "with a voice under a story that cannot be opened")
    press(page, "Take your voice back")
    page.locator("#messages").get_by_text("no longer under the story").wait_for()
