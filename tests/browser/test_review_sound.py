"""Every state of the review page keeps what each screen owes its readers."""

from typing import Any

from playwright.sync_api import expect

from accounts.models import Company, Delegation, User
from accounts.models.delegation import today
from stories.models import Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import PHONE, Visit
from tests.browser.reviewing import NOTE, open_queue
from tests.browser.test_accessibility import LONG_NAME, RIGHT_TO_LEFT
from tests.factories import UserFactory
from tests.stories.reviewed import waiting_story


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


def test_who_stands_in_is_said_in_sight(
    visit: Visit, company: Company, manager: User, nominee: User, other_manager: User
) -> None:
    long_named = UserFactory(name=LONG_NAME)
    Delegation.objects.hand_over(manager, long_named, first=today(), last=today())
    Delegation.objects.hand_over(other_manager, manager, first=today(), last=today())
    page = open_queue(visit(manager, reduced_motion="reduce", viewport=PHONE))
    expect(page.get_by_text("You also review for Otto Brandt until")).to_be_in_viewport(ratio=1)
    assert_sound(page, "with somebody who stands in")
