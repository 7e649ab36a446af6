"""Telling a story in a real browser: with the keyboard, while it saves, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.stories.composing import photo_file

type Visit = Callable[..., Page]

PASSWORD = "a quiet river at seven"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every story can name it."""


def open_composer(page: Page) -> None:
    page.goto("/stories/new/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who made a difference?")


def pick(page: Page, typed: str, name: str) -> None:
    page.get_by_label("Who was it?").press_sequentially(typed)
    expect(page.get_by_role("option", name=name)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")


def chips(page: Page) -> list[str]:
    return page.locator("#nominees-chosen bdi").all_inner_texts()


def test_people_are_picked_with_the_keyboard(
    visit: Visit, teller: User, nominee: User, manager: User
) -> None:
    page = visit(teller)
    open_composer(page)
    who = page.get_by_role("combobox", name="Who was it?")
    pick(page, "pryia", "Priya Desai")
    expect(page.locator("#announce")).to_have_text("Priya Desai added")
    pick(page, "maya", "Maya Rao")
    assert chips(page) == ["Priya Desai", "Maya Rao"]
    who.press("Backspace")
    expect(page.locator("#announce")).to_have_text("Maya Rao taken off")
    assert chips(page) == ["Priya Desai"]
    who.press_sequentially("product")
    expect(who).to_have_attribute("aria-expanded", "true")
    who.press("Escape")
    expect(who).to_have_attribute("aria-expanded", "false")


def test_a_story_is_saved_while_it_is_typed_and_then_published(
    visit: Visit, teller: User, nominee: User
) -> None:
    page = visit(teller)
    open_composer(page)
    pick(page, "priya", "Priya Desai")
    page.get_by_label("In one line, what happened?").fill("A kayak school kept its season")
    page.get_by_label("What did they do?").fill("She rang the school on Monday and moved 41 trips.")
    expect(page.locator("#coach")).to_contain_text("It names what they did")
    expect(page.locator("#preview h2").last).to_have_text("A kayak school kept its season")
    expect(page.locator("#saved")).to_have_text("Saved a moment ago")
    assert Story.objects.get().is_draft
    page.get_by_label("Suppliers").check()
    page.get_by_role("button", name="Publish the story").click()
    page.wait_for_url(re.compile(r"/stories/\w+/\?told=1"))
    assert Story.objects.get().is_published


def test_the_picker_asks_for_another_name_once_one_is_picked(
    visit: Visit, teller: User, nominee: User
) -> None:
    page = visit(teller)
    open_composer(page)
    pick(page, "priya", "Priya Desai")
    box = page.get_by_label("Who was it?")
    expect(box).to_have_attribute("placeholder", "Add another name")
    box.press("Backspace")
    expect(box).to_have_attribute("placeholder", "A name or a department")


def test_the_status_has_a_line_of_its_own_on_a_phone(visit: Visit, teller: User) -> None:
    page = visit(teller, viewport={"width": 360, "height": 800})
    open_composer(page)
    page.get_by_label("In one line, what happened?").fill("a" * 201)
    expect(page.locator("#saved")).to_contain_text("Not saved yet")
    page.get_by_label("What did they do?").fill("She rang")
    expect(page.locator("#saved")).to_contain_text("Saved, but for: In one line, what happened?")
    box = page.locator("#saved").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] < 45


def test_a_photo_is_kept_when_it_is_chosen(visit: Visit, teller: User) -> None:
    page = visit(teller)
    open_composer(page)
    photo = photo_file(80, 60)
    page.get_by_label("Is there a photo?").set_input_files(
        {"name": "boat.jpg", "mimeType": "image/jpeg", "buffer": photo.read()}
    )
    expect(page.locator("#photo img")).to_be_visible()
    page.get_by_label("Take this photo away").click()
    expect(page.locator("#photo img")).to_have_count(0)
    assert not Story.objects.get().photo


def test_a_refused_photo_stays_named_beside_the_save(visit: Visit, teller: User) -> None:
    page = visit(teller)
    open_composer(page)
    page.get_by_label("In one line, what happened?").fill("A kayak school")
    expect(page.locator("#saved")).to_have_text("Saved a moment ago")
    page.get_by_label("Is there a photo?").set_input_files(
        {"name": "boat.jpg", "mimeType": "image/jpeg", "buffer": b"words"}
    )
    expect(page.locator("#saved")).to_have_text("Saved, but for: Photo")
    page.get_by_label("What did they do?").fill("She rang")
    expect(page.locator("#preview")).to_contain_text("She rang")
    expect(page.locator("#saved")).to_have_text("Saved, but for: Photo")
    page.get_by_role("button", name="Publish the story").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("The photo was not taken over.")


def test_a_story_is_told_without_javascript(visit: Visit, teller: User, nominee: User) -> None:
    page = visit(teller, java_script_enabled=False)
    open_composer(page)
    page.get_by_label("In one line, what happened?").fill("A kayak school kept its season")
    page.get_by_label("What did they do?").fill("She rang the school on Monday and moved 41 trips.")
    page.get_by_label("Who was it?").fill("prya")
    page.get_by_label("Who was it?").press("Enter")
    page.get_by_label("Priya Desai").check()
    page.get_by_label("Suppliers").check()
    page.get_by_role("button", name="Publish the story").click()
    page.wait_for_url(re.compile(r"/stories/\w+/\?told=1"))
    assert Story.objects.get().nominees == [nominee]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    visit: Visit, teller: User, nominee: User, width: int, scheme: str
) -> None:
    page = visit(
        teller, viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    open_composer(page)
    page.get_by_label("Who was it?").press_sequentially("priya")
    expect(page.get_by_role("option", name="Priya Desai")).to_be_visible()
    # Without preload: axe would ask for the style sheets again, at addresses that are not theirs.
    assert Axe().run(page, options={"preload": False}).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_session_that_ends_while_writing_loses_no_word(
    visit: Visit, teller: User, nominee: User
) -> None:
    teller.set_password(PASSWORD)
    teller.save()
    page = visit(teller)
    page.goto("/stories/new/")
    page.get_by_label("In one line, what happened?").fill("A kayak school kept its season")
    page.context.clear_cookies(name="sessionid")
    deed = page.get_by_label("What did they do?")
    deed.press_sequentially("She rang the school at seven")
    expect(page.locator("#saved")).to_contain_text("You are signed out")
    expect(deed).to_have_value("She rang the school at seven")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_label("Email or employee number").fill(teller.email or "")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("What did they do?")).to_have_value("She rang the school at seven")
    assert Story.objects.get().headline == "A kayak school kept its season"
