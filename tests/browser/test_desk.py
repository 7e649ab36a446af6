"""What is written at the desk in a real browser: no word of it is lost."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import User
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition
from tests.browser.conftest import Visit
from tests.browser.desk import open_desk, shown

WEEK = timedelta(weeks=1)

pytestmark = pytest.mark.usefixtures("three_in_the_edition")


def test_moving_a_story_loses_no_word_of_the_note(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    note.fill("Not saved yet")
    second = shown(page)[1]
    page.get_by_role("button", name=f"Move “{second}” up").click()
    expect(page.locator("#id_subject_helptext")).to_contain_text(second)
    expect(note).to_have_value("Not saved yet")


def test_a_session_that_ends_while_an_edition_leaves_takes_no_word_of_the_note(
    visit: Visit, culture_lead: User
) -> None:
    edition = next_edition()
    freeze_now(edition, by=culture_lead)
    Edition.objects.update(cutoff_at=timezone.now(), week_start=edition.week_start - WEEK)
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    page.context.clear_cookies(name="sessionid")
    note.press_sequentially("Thank you all")
    expect(page.locator("#progress").get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("#failure")).to_be_hidden()
    expect(note).to_have_value("Thank you all")


def test_a_session_that_ends_while_a_story_is_moved_takes_no_word_of_the_note(
    visit: Visit, culture_lead: User
) -> None:
    page = open_desk(visit(culture_lead))
    note = page.get_by_label("Note from the desk")
    note.fill("Thank you all")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name=f"Move “{shown(page)[1]}” up").click()
    expect(page.locator("#failure")).to_contain_text("You are signed out.")
    expect(note).to_have_value("Thank you all")


def test_letters_are_counted_as_they_are_written(visit: Visit, culture_lead: User) -> None:
    page = open_desk(visit(culture_lead))
    page.get_by_label("Subject").fill("x" * 121)
    expect(page.get_by_text("121 of 120 letters, 1 too many")).to_be_visible()
