"""Where the desk says what was done, and what it asks before much is forgotten."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Company, User
from stories.digests.models import DeskMail
from stories.models import Story
from tests.conftest import signed_in
from tests.digests.desk_pages import DESK, of, told, url

pytestmark = pytest.mark.django_db


def test_asking_for_fresh_suggestions_says_first_what_is_forgotten(
    as_culture_lead: Client, three: list[Story]
) -> None:
    first, second, _third = told()
    as_culture_lead.post(url("take_out", of(first).ref))
    as_culture_lead.post(url("place", of(second).ref), {"down": 0})
    before = told()
    page = as_culture_lead.get(url("afresh"))
    assertContains(page, "1 story that was taken out may come back.")
    assertContains(page, "The order that you gave them is forgotten")
    assert told() == before


def test_where_nothing_was_arranged_there_is_nothing_to_suggest_afresh(
    as_culture_lead: Client, three: list[Story]
) -> None:
    page = as_culture_lead.get(url("afresh"))
    assertContains(page, "Nothing was moved, added or taken out")
    assertNotContains(page, "Yes, suggest afresh")


def test_once_its_stories_are_fixed_there_are_no_fresh_suggestions(
    as_culture_lead: Client, three: list[Story]
) -> None:
    as_culture_lead.post(url("freeze"))
    page = as_culture_lead.get(url("afresh"), follow=True)
    assertContains(page, "The stories of this edition are fixed already.")


def part(page: Any, name: str) -> str:
    """The section of the desk at which a page lands."""
    found = re.search(rf'<section[^>]*\bid="{name}".*?</section>', page.content.decode(), re.S)
    assert found
    return found[0]


def test_what_was_done_is_said_where_its_reader_lands(
    as_culture_lead: Client, three: list[Story]
) -> None:
    page = as_culture_lead.post(url("take_out", of(told()[0]).ref), follow=True)
    assert page.redirect_chain[-1][0].endswith("#lineup")
    assert "is taken out." in part(page, "lineup")
    assertContains(page, "is taken out.", 1)


def test_saved_words_say_so_beside_them(as_culture_lead: Client, three: list[Story]) -> None:
    words = {"subject": "A week", "note": "", "shown_subject": "", "shown_note": ""}
    page = as_culture_lead.post(url("words"), words, follow=True)
    assert page.redirect_chain[-1][0].endswith("#words")
    assert "Saved." in part(page, "words")
    assertContains(page, "Saved.", 1)


def test_the_address_of_words_that_were_refused_leads_to_the_desk(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assertRedirects(as_culture_lead.get(url("words")), f"{DESK}#words")


def test_without_a_script_the_buttons_say_which_words_leave(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assert "as they were saved last" in part(as_culture_lead.get(DESK), "test")


def test_of_a_week_without_stories_nothing_is_previewed_and_no_test_leaves(
    as_culture_lead: Client, company: Company
) -> None:
    Company.objects.update(quiet_week="skip")
    page = as_culture_lead.get(f"{DESK}preview/")
    assertContains(page, "as it stands nothing would leave")
    assertNotContains(page, "as it would leave now")
    assertNotContains(page, "<iframe")
    answer = as_culture_lead.post(url("test"), follow=True)
    assert "nothing would leave, and so no test does" in part(answer, "test")
    assert not DeskMail.objects.exists()


def test_a_test_that_is_refused_says_so_beside_its_button(
    three: list[Story], culture_lead: User
) -> None:
    User.objects.filter(pk=culture_lead.pk).update(email=None, employee_id="W-9")
    culture_lead.refresh_from_db()
    page = signed_in(culture_lead).post(url("test"), follow=True)
    assert "You have no email address in Kudos" in part(page, "test")
