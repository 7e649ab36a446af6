"""Every screen for writing a story or changing it, in every state that matters."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route

from accounts.models import Company, User
from stories.models import CustomerGroup, Story
from tests.browser.audit import assert_sound
from tests.browser.conftest import Visit
from tests.browser.forms import calm, press
from tests.factories import UserFactory, ValueFactory, draft_story, tell_story, telling
from tests.stories.composing import photo_file


@pytest.fixture
def choices(company: Company, suppliers: CustomerGroup, customers: CustomerGroup) -> None:
    """What a company offers to choose from in the composer."""
    suppliers.hint = "people we buy from"
    suppliers.save()
    for name in ("Own it", "Call first", "Say what we learned"):
        ValueFactory(name=name, meaning="What we mean by it, in a few words.")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('.fold').forEach((fold) => { fold.open = true })")


def test_the_composer(visit: Visit, choices: None, teller: User, nominee: User) -> None:
    page = calm(visit, teller, "/stories/new/")
    unfold(page)
    assert_sound(page, "empty")
    page.get_by_label("Who was it?").press_sequentially("priya")
    page.get_by_role("option", name="Priya Desai").wait_for()
    page.mouse.move(0, 0)
    assert_sound(page, "with colleagues found")
    page.get_by_label("Who was it?").fill("zzzz")
    page.get_by_text("Nobody here answers").wait_for()
    assert_sound(page, "with nobody found")


def test_the_composer_with_errors(visit: Visit, choices: None, teller: User, nominee: User) -> None:
    UserFactory(name="Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Llanfairpwll")
    draft = draft_story(
        teller, nominee, customer_group=None, photo=photo_file(), photo_alt="A quay"
    )
    page = calm(visit, teller, f"/stories/new/?draft={draft.ref}")
    page.get_by_label("In one line, what happened?").fill("Very long. " * 20)
    page.get_by_label("Who was it?").fill("zzzz")
    page.get_by_text("What did the customer say?").click()
    page.get_by_label("Their name").fill("Bo Lind")
    press(page, "Publish the story")
    assert_sound(page, "with people picked and errors")


def test_the_composer_without_its_scripts(
    visit: Visit, choices: None, teller: User, nominee: User
) -> None:
    """The page's own scripts stay away; axe, which is one itself, still runs."""
    page = visit(teller, reduced_motion="reduce")

    def nothing(route: Route) -> None:
        route.fulfill(body="", content_type="text/javascript")

    page.route("**/*.js", nothing)
    page.goto("/stories/new/")
    page.get_by_label("Who was it?").fill("priya")
    press(page, "Find")
    page.get_by_label("Priya Desai").wait_for()
    assert_sound(page, "with colleagues found")


def test_changing_a_story(visit: Visit, choices: None, teller: User, nominee: User) -> None:
    story = tell_story(teller, nominee, photo=photo_file(), photo_alt="A quay")
    page = calm(visit, teller, f"{story.get_absolute_url()}editing/")
    unfold(page)
    assert_sound(page, "the story in the form")
    page.get_by_label("In one line, what happened?").fill("")
    press(page, "Save the change")
    assert_sound(page, "with an error")


def test_a_change_that_somebody_overtook(
    visit: Visit, choices: None, company: Company, story: Story, culture_lead: User
) -> None:
    page = calm(visit, culture_lead, f"{story.get_absolute_url()}editing/")
    story.edit(telling(nominees=story.nominees, headline="Faster"), by=story.teller)
    page.get_by_label("In one line, what happened?").fill("Slower")
    press(page, "Save the change")
    page.get_by_role("group", name="changed this story while you were writing").wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert_sound(page, "overtaken")
    press(page, "Save the change")
    page.get_by_role("heading", name="Slower").wait_for()


def test_a_change_that_came_too_late(visit: Visit, choices: None, story: Story) -> None:
    page = calm(visit, story.teller, f"{story.get_absolute_url()}editing/")
    Story.objects.update(published_at=timezone.now() - timedelta(days=2))
    page.get_by_label("In one line, what happened?").fill("Too late")
    press(page, "Save the change")
    page.get_by_role("heading", name="This story stays as it is").wait_for()
    assert_sound(page, "too late")
