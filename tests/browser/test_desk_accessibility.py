"""Every page of the desk, in every state that matters: axe and our own rules find nothing."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from kudos.lib.outbox import State
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.lineup import lineup
from stories.digests.desk.planning import next_edition
from stories.digests.fanout import fan_out
from stories.digests.models import (
    DeliveryState,
    DeskMail,
    Edition,
    EditionState,
    Relay,
    Suppression,
)
from stories.digests.sending import send_now
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import LONG_NAME, RIGHT_TO_LEFT
from tests.digests.desk import write
from tests.factories import GroupFactory, UserFactory, tell_story

type Look = Callable[[str, str], Page]
DESK = "/digest/desk/"


@pytest.fixture
def look(visit: Visit, company: Company, culture_lead: User) -> Look:
    """Open a page as a culture lead, and hold it to everything that we promise of pages."""
    page = visit(culture_lead, reduced_motion="reduce")

    def at(path: str, state: str) -> Page:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        assert_sound(page, state)
        return page

    return at


@pytest.fixture
def stories(company: Company, teller: User) -> None:
    """More than an edition tells: of people with long names and with names from right to left."""
    teller.name = LONG_NAME
    teller.save()
    headlines = ["ليلى أنقذت موسم المدرسة", LONG_NAME, *"ABCDEF"]
    for headline in headlines:
        nominees = [UserFactory(name=RIGHT_TO_LEFT), UserFactory(name=LONG_NAME)]
        group = GroupFactory(name=f"{headline[:20]} and {LONG_NAME[:30]}")
        tell_story(teller, *nominees, customer_group=group, headline=headline)


@pytest.fixture
def edition(stories: None) -> Edition:
    return send_now()


def settle(edition: Edition, state: DeliveryState, copies: int, error: str = "") -> None:
    keys = edition.deliveries.filter(state=DeliveryState.PENDING).values_list("pk", flat=True)
    edition.deliveries.filter(pk__in=list(keys[:copies])).update(
        state=state, next_attempt_at=None, error=error
    )


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button).click()


def test_the_next_edition(look: Look, stories: None) -> None:
    page = look(DESK, "full, with stories to add")
    page.get_by_label("Subject").fill("x" * 130)
    page.get_by_label("Note from the desk").fill("Very long. " * 80)
    press(page, "Save your words")
    assert_sound(page, "with words that are too long")
    page.goto(f"{DESK}?find=zeppelin")
    assert_sound(page, "with a search that finds no story")


def test_words_that_somebody_else_has_changed_and_words_of_a_story_that_has_gone(
    look: Look, stories: None, culture_lead: User
) -> None:
    page = look(DESK, "before anybody wrote")
    edition = next_edition()
    write(edition, subject="", note="Theirs. " * 40, by=culture_lead)
    page.get_by_label("Note from the desk").fill("Mine. " * 40)
    press(page, "Save your words")
    assert_sound(page, "with words that somebody else has changed")
    freeze_now(edition, by=culture_lead)
    lineup(edition)[0].story.hide(by=culture_lead, note="Ask the customer first.")
    page = look(DESK, "with words that may speak of a story that has gone")
    expect(page.get_by_text("A story of this edition has gone")).to_be_visible()


def test_a_week_without_stories(look: Look) -> None:
    look(DESK, "empty")


def test_a_story_that_was_moved_and_one_that_was_refused(
    look: Look, stories: None, culture_lead: User
) -> None:
    page = look(DESK, "full")
    page.locator(".lineup__move").nth(1).click()
    expect(page.locator("#announce")).to_contain_text("is now number 2")
    assert_sound(page, "after a move")
    # Its hour has come meanwhile.
    edition = next_edition()
    freeze_now(edition, by=culture_lead)
    fan_out(edition)
    page.locator(".lineup__move").nth(1).click()
    page.locator("#lineup").get_by_text("on its way already").wait_for()
    assert_sound(page, "with a refusal")


def test_a_test_that_the_mail_server_refused(look: Look, stories: None, culture_lead: User) -> None:
    page = look(DESK, "before the test")
    page.get_by_role("button", name="Send a test to me").click()
    page.get_by_text("Your test is on its way.").wait_for()
    DeskMail.objects.update(state=State.FAILED, error="550 5.7.1 Not you. " * 10)
    look(DESK, "with a test that was refused")


def test_an_edition_on_its_way_and_held(look: Look, edition: Edition) -> None:
    settle(edition, DeliveryState.SENT, 4)
    settle(edition, DeliveryState.FAILED, 1, "550 5.2.2 Mailbox full")
    look(DESK, "on its way")
    look(f"{DESK}{edition.week_start}/?state=failed", "who failed")
    Relay.trip("Connection refused by mail.company.example. " * 5)
    look(DESK, "while the mail server does not answer")
    edition.pause(by=None, note="535 5.7.8 Authentication failed. " * 5)
    look(DESK, "held")


def test_an_edition_that_is_over(look: Look, edition: Edition) -> None:
    settle(edition, DeliveryState.FAILED, 2, "550 5.2.2 Mailbox full")
    settle(edition, DeliveryState.UNCERTAIN, 2)
    settle(edition, DeliveryState.SENT, 100)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    page = look(f"{DESK}{edition.week_start}/?state=sent", "sent, with people")
    press(page, "Send 2 failed copies again")
    assert_sound(page, "sent again")
    look(f"{DESK}{edition.week_start}/?state=expired", "a state that no copy is in")
    look(f"{DESK}editions/", "the editions")


def test_before_the_first_edition(look: Look) -> None:
    look(f"{DESK}editions/", "no edition")
    look(f"{DESK}history/", "no history")


def test_sending_an_edition_at_once(look: Look, stories: None, culture_lead: User) -> None:
    edition = next_edition()
    page = look(f"{DESK}{edition.week_start}/departure/", "asking once more")
    write(edition, subject="", note="Thank you all. " * 20, by=culture_lead)
    press(page, "Yes, send it to")
    assert_sound(page, "changed meanwhile")
    press(page, "Yes, send it to")
    assert_sound(page, "about to leave")


def test_giving_an_edition_up(look: Look, edition: Edition) -> None:
    page = look(f"{DESK}{edition.week_start}/end/", "asking once more")
    press(page, "Yes, give it up")
    assert_sound(page, "without a reason")
    page.get_by_label("Why?").fill("The wrong week. " * 20)
    press(page, "Yes, give it up")
    look(f"{DESK}{edition.week_start}/", "given up")
    look(f"{DESK}history/", "history")


@pytest.mark.parametrize("part", ["", "text", "headers"])
def test_the_preview(look: Look, stories: None, part: str) -> None:
    look(f"{DESK}preview/?part={part}", part)


def test_the_preview_of_somebody_without_an_address(look: Look, stories: None) -> None:
    nobody = UserFactory(name=RIGHT_TO_LEFT, email=None, employee_id="N1")
    look(f"{DESK}preview/?person={nobody.ref}", "no address")
    look(f"{DESK}preview/?find=person", "colleagues found")


def test_why_somebody_did_not_get_it(look: Look, edition: Edition, teller: User) -> None:
    page = look(f"{DESK}people/", "nobody asked for")
    page.get_by_label("Who asks?").press_sequentially("wolfe")
    page.get_by_role("link", name="Wolfeschlegel").first.wait_for()
    assert_sound(page, "colleagues found")
    page.goto(f"{DESK}people/?find=zzzz")
    assert_sound(page, "nobody found")
    Suppression.objects.suppress(str(teller.email), "550 5.1.1 no such user. " * 10)
    edition.deliveries.filter(person=teller).update(
        state=DeliveryState.FAILED, next_attempt_at=None, error="550 5.1.1 no such user"
    )
    look(f"{DESK}people/{teller.ref}/", "with a suppressed address")


def test_a_schedule_that_lets_an_edition_leave_at_once(
    look: Look, stories: None, company: Company
) -> None:
    now = timezone.now().astimezone(ZoneInfo(company.time_zone))
    Company.objects.update(digest_weekday=(now.weekday() + 1) % 7)
    page = look(f"{DESK}schedule/", "as it is")
    page.get_by_label("Day", exact=True).select_option(str(now.weekday()))
    page.get_by_label("Hour", exact=True).select_option("0")
    press(page, "Save")
    expect(page.get_by_role("heading", name="Save this schedule?")).to_be_visible()
    assert_sound(page, "asked about once more")


def test_the_schedule(look: Look) -> None:
    page = look(f"{DESK}schedule/", "as it is")
    page.get_by_label("Reply-to address").fill("nobody")
    page.get_by_label("Mails a second").fill("0")
    press(page, "Save")
    assert_sound(page, "with errors")
    page.get_by_label("Reply-to address").fill("")
    page.get_by_label("Mails a second").fill("5")
    press(page, "Save")
    assert_sound(page, "saved")
    look(f"{DESK}history/", "history of the schedule")
