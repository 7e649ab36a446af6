"""Every screen for reading, in every state that matters: axe and our own rules find nothing."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from accounts.models import Company, Publicity, User
from stories.cheering import set_cheer
from stories.digests.sending import send_now
from stories.models import CheerKind, CustomerGroup, Story, Visibility
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.factories import UserFactory, ValueFactory, draft_story, tell_story, telling
from tests.stories.composing import photo_file

type Look = Callable[..., None]

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Llanfairpwllgwyngyll"
RIGHT_TO_LEFT = "ليلى بنت عبد الرحمن"


@pytest.fixture
def look(visit: Visit) -> Look:
    """Open a page as somebody, and hold it to everything that we promise of pages."""

    pages: dict[int, Page] = {}

    def at(person: User, path: str, state: str, *, open_all: bool = False) -> None:
        page = pages.get(person.pk) or visit(person, reduced_motion="reduce")
        pages[person.pk] = page
        page.goto(path)
        if open_all:
            page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        assert_sound(page, state)

    return at


@pytest.fixture
def rich(teller: User, nominee: User, suppliers: CustomerGroup, stranger: User) -> Story:
    """A story with everything that a story can have."""
    story = tell_story(
        teller,
        nominee,
        UserFactory(name=LONG_NAME),
        helping_hands=[UserFactory(name=RIGHT_TO_LEFT), UserFactory(name="Li")],
        customer_group=suppliers,
        moment="wow",
        what_they_did="They rang the owner at seven. " * 40,
        customer_words="I have worked with big platforms for ten years. Nobody ever rang.",
        words_source="email",
        customer_role="the owner of a kayak school",
        values=[ValueFactory(name="Own it"), ValueFactory(name="Call first")],
        photo=photo_file(640, 480),
        photo_alt="Kayaks on a quay",
    )
    set_cheer(story, stranger, CheerKind.LOVE, pressed=True)
    return story


def test_the_feed(
    look: Look, company: Company, rich: Story, customers: CustomerGroup, stranger: User
) -> None:
    tell_story(rich.teller, rich.nominees[0], customer_group=customers)
    everything = f"group={rich.customer_group_id}&moment=wow&person={rich.nominees[1].ref}"
    look(stranger, "/", "full")
    look(stranger, f"/?{everything}&period=month", "filtered", open_all=True)
    look(stranger, "/?q=zeppelin", "a search that finds nothing")


def test_the_empty_feed(look: Look, stranger: User) -> None:
    look(stranger, "/", "empty")


def test_a_story_just_told(look: Look, company: Company, rich: Story) -> None:
    look(rich.teller, f"{rich.get_absolute_url()}?told=1", "just told", open_all=True)
    look(rich.teller, rich.get_absolute_url(), "to its teller")


def test_a_story_that_a_reviewer_hides(look: Look, rich: Story, culture_lead: User) -> None:
    look(culture_lead, rich.get_absolute_url(), "with the form to hide it", open_all=True)
    rich.hide(by=culture_lead, note="Ask the customer first.")
    look(culture_lead, rich.get_absolute_url(), "hidden, to a reviewer")
    look(rich.teller, rich.get_absolute_url(), "hidden, to its teller")


def test_a_story_hidden_without_a_reason(visit: Visit, rich: Story, culture_lead: User) -> None:
    page = visit(culture_lead, reduced_motion="reduce")
    page.goto(rich.get_absolute_url())
    page.get_by_text("Hide it from the feed").click()
    page.evaluate("document.querySelectorAll('[required]').forEach((f) => { f.required = false })")
    page.get_by_role("button", name="Hide the story").click()
    page.get_by_text("One thing to look at").wait_for()
    assert_sound(page, "with an error in the form to hide it")


def test_a_story_that_waits_for_an_answer(look: Look, teller: User, nominee: User) -> None:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    story = tell_story(teller, nominee)
    look(nominee, story.get_absolute_url(), "to somebody asked")
    look(teller, story.get_absolute_url(), "to its teller")


def test_a_private_story_and_a_withdrawn_one(look: Look, teller: User, nominee: User) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    look(nominee, story.get_absolute_url(), "private")
    story.withdraw(by=teller)
    look(teller, story.get_absolute_url(), "withdrawn")


def test_a_draft(look: Look, teller: User, nominee: User) -> None:
    look(teller, draft_story(teller, nominee).get_absolute_url(), "draft")


def test_my_stories(look: Look, rich: Story, stranger: User) -> None:
    look(rich.teller, "/stories/mine/?list=told", "full")
    look(stranger, "/stories/mine/", "empty")


def test_a_colleague(look: Look, rich: Story, stranger: User, leaver: User) -> None:
    look(stranger, rich.nominees[1].get_absolute_url(), "full, with a long name")
    look(stranger, rich.helping_hands[0].get_absolute_url(), "from right to left")
    look(stranger, leaver.get_absolute_url(), "a leaver without stories")
    look(stranger, stranger.get_absolute_url(), "oneself, empty")


def test_the_digest(look: Look, company: Company, rich: Story, stranger: User) -> None:
    look(stranger, "/digest/", "an archive without editions")
    edition = send_now()
    look(stranger, "/digest/", "the archive")
    look(stranger, edition.get_absolute_url(), "an edition")


def test_a_page_refused_and_a_page_that_is_not_there(look: Look, teller: User, rich: Story) -> None:
    look(teller, "/nowhere/", "404")
    look(rich.nominees[0], f"{rich.get_absolute_url()}editing/", "403")


@pytest.mark.parametrize("name", ["400.html", "429.html", "500.html"])
def test_something_failed(visit: Visit, name: str) -> None:
    page = visit(None, reduced_motion="reduce")
    page.route("**/failed/", lambda route: route.fulfill(body=render_to_string(name)))
    page.goto("/failed/")
    assert_sound(page, name)


def test_the_versions_of_a_story(look: Look, rich: Story, culture_lead: User) -> None:
    at = f"{rich.get_absolute_url()}versions/"
    look(culture_lead, at, "a story that nobody changed")
    people = [UserFactory(name=RIGHT_TO_LEFT), *rich.nominees]
    said = {"headline": LONG_NAME, "what_they_did": "They rang the owner at six. \n" * 170}
    rich.edit(telling(nominees=people, customer_words="كانت رحلة جميلة", **said), by=rich.teller)
    look(culture_lead, at, "everything changed", open_all=True)
    look(culture_lead, f"{at}?version=1", "the first of two")
