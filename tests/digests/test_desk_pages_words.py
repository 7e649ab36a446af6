"""What a culture lead adds to an edition in their own words, and the test copy to oneself."""

from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.planning import next_edition
from stories.digests.models import DeskMail, Edition
from stories.digests.sending import send_now
from stories.models import Story
from tests.conftest import signed_in
from tests.digests.desk_pages import DESK, HTMX, of, told, url
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_the_subject_that_follows_by_itself_is_shown(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assertContains(as_culture_lead.get(DESK), f"Left empty, it is “<bdi>{told()[0]} + 2</bdi>”.")


def test_another_first_story_gives_another_subject_at_once(
    as_culture_lead: Client, three: list[Story]
) -> None:
    second = told()[1]
    answer = as_culture_lead.post(url("place", of(second).ref), {"up": "1"}, headers=HTMX)
    assertContains(answer, 'id="id_subject_helptext" hx-swap-oob="true"')
    assertContains(answer, f"Left empty, it is “<bdi>{second} + 2</bdi>”.")


def test_the_subject_that_follows_by_itself_is_tied_to_the_field(
    as_culture_lead: Client, three: list[Story]
) -> None:
    page = as_culture_lead.get(DESK)
    assertContains(page, 'aria-describedby="id_subject_helptext" id="id_subject"')
    assertContains(page, '<div class="field__help" id="id_subject_helptext"', count=1)


def test_words_of_ones_own_are_kept(as_culture_lead: Client, three: list[Story]) -> None:
    words = {"subject": "  What a\n week ", "note": "Thank you all.\r\nCora"}
    answer = as_culture_lead.post(url("words"), words, follow=True)
    assertContains(answer, "Saved.")
    edition = Edition.objects.get()
    assert edition.own_subject == "What a week"
    assert edition.note == "Thank you all.\nCora"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("subject", "a" * 121, "Keep this to 120 letters; it has 121."),
        ("note", "a" * 501, "Keep this to 500 letters; it has 501."),
        ("note", "a\u202eb", "This contains invisible control characters."),
    ],
)
def test_words_that_cannot_be_kept_stay_in_the_form(
    as_culture_lead: Client, three: list[Story], field: str, text: str, said: str
) -> None:
    words = {"subject": "A good week", "note": "Thank you"} | {field: text}
    answer = as_culture_lead.post(url("words"), words)
    assertContains(answer, said, status_code=422)
    for kept in words.values():
        assertContains(answer, kept, status_code=422)
    assert not Edition.objects.exclude(own_subject="", note="").exists()


def test_a_note_may_be_shortened_and_that_is_said_where_it_is_written(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assertContains(as_culture_lead.get(DESK), "it is shortened: the preview shows how.")


def test_a_note_of_500_letters_with_line_breaks_is_not_too_long(
    as_culture_lead: Client, three: list[Story]
) -> None:
    note = ("a" * 49 + "\r\n") * 10
    assert as_culture_lead.post(url("words"), {"subject": "", "note": note}).status_code == 302


def test_words_for_an_edition_that_is_on_its_way_are_refused_and_not_lost(
    as_culture_lead: Client, three: list[Story]
) -> None:
    edition = send_now()
    address = url("words", edition=edition)
    answer = as_culture_lead.post(address, {"subject": "Too late", "note": "For this one"})
    assertContains(answer, "This edition is on its way already.", status_code=422)
    assertContains(answer, "For this one", status_code=422)


def test_words_for_an_edition_that_was_given_up_before_its_freeze_are_not_lost(
    as_culture_lead: Client, three: list[Story]
) -> None:
    edition = next_edition()
    edition.abort(by=None, note="")
    answer = as_culture_lead.post(
        url("words", edition=edition), {"subject": "", "note": "For this one"}
    )
    assertContains(answer, "This edition was given up.", status_code=422)
    assertContains(answer, "For this one", status_code=422)


def shown_on(page: Any) -> dict[str, str]:
    """What the form on this page sends where nothing is typed."""
    form = page.context["words"]
    return {name: form[name].value() or "" for name in form.fields}


def test_two_who_write_different_words_lose_none(
    as_culture_lead: Client, three: list[Story]
) -> None:
    left_open = shown_on(as_culture_lead.get(DESK))
    as_culture_lead.post(url("words"), left_open | {"subject": "A good week"})
    as_culture_lead.post(url("words"), left_open | {"note": "Thank you"})
    edition = Edition.objects.get()
    assert (edition.own_subject, edition.note) == ("A good week", "Thank you")


def test_who_writes_over_somebody_elses_words_is_shown_both(
    as_culture_lead: Client, three: list[Story]
) -> None:
    left_open = shown_on(as_culture_lead.get(DESK))
    as_culture_lead.post(url("words"), left_open | {"note": "Theirs\r\nof now"})
    answer = as_culture_lead.post(url("words"), left_open | {"note": "Mine of now"})
    assertContains(answer, "Theirs\nof now", status_code=422)
    assertContains(answer, "Mine of now", status_code=422)
    assert Edition.objects.get().note == "Theirs\nof now"


def test_who_writes_in_two_windows_is_told_that_it_was_them(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    left_open = shown_on(as_culture_lead.get(DESK))
    as_culture_lead.post(url("words"), left_open | {"note": "Here"})
    answer = as_culture_lead.post(url("words"), left_open | {"note": "There"})
    assertContains(answer, "You changed the note in another window: “Here”.", status_code=422)
    colleague = signed_in(UserFactory(is_culture_lead=True))
    answer = colleague.post(url("words"), left_open | {"note": "There"})
    assertContains(answer, "Somebody else has changed the note meanwhile", status_code=422)


def test_who_has_seen_both_and_saves_once_more_is_taken_at_their_word(
    as_culture_lead: Client, three: list[Story]
) -> None:
    left_open = shown_on(as_culture_lead.get(DESK))
    as_culture_lead.post(url("words"), left_open | {"note": "Theirs"})
    answer = as_culture_lead.post(url("words"), left_open | {"note": "Mine"})
    assertContains(answer, ">\nMine</textarea>", status_code=422)
    as_culture_lead.post(url("words"), shown_on(answer))
    assert Edition.objects.get().note == "Mine"


GONE = "A story of this edition has gone since it was picked."


def test_words_that_may_speak_of_a_story_that_was_hidden_are_to_be_looked_at(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    edition = next_edition()
    freeze_now(edition, by=culture_lead)
    as_culture_lead.post(url("words"), {"subject": three[0].headline, "note": ""})
    assertNotContains(as_culture_lead.get(DESK), GONE)
    three[0].hide(by=culture_lead, note="Ask the customer first.")
    assertContains(as_culture_lead.get(DESK), GONE)


def test_the_subject_that_follows_by_itself_speaks_of_no_story_that_was_hidden(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    freeze_now(next_edition(), by=culture_lead)
    three[0].hide(by=culture_lead, note="Ask the customer first.")
    assertNotContains(as_culture_lead.get(DESK), GONE)


def test_a_test_is_owed_to_whoever_asks(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    answer = as_culture_lead.post(url("test"), follow=True)
    assert DeskMail.objects.get().person == culture_lead
    assertContains(answer, "Your test is on its way.")


def test_what_the_mail_server_said_of_a_test_is_shown(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    as_culture_lead.post(url("test"))
    DeskMail.objects.update(state="failed", error="550 No such mailbox <cora>")
    answer = as_culture_lead.get(url("test"), headers=HTMX)
    assertContains(answer, "550 No such mailbox &lt;cora&gt;")
    assertNotContains(answer, "every 2s")


def test_a_culture_lead_without_an_address_gets_no_test_and_is_told_so(
    three: list[Story], culture_lead: User
) -> None:
    culture_lead.email, culture_lead.employee_id = None, "C1"
    culture_lead.save()
    answer = signed_in(culture_lead).post(url("test"), headers=HTMX)
    assertContains(answer, "You have no email address in Kudos")
    assert not DeskMail.objects.exists()


def test_a_note_that_arrives_signed_out_waits_for_its_writer(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    as_culture_lead.get(DESK)
    as_culture_lead.cookies.pop("sessionid")
    words = {"subject": "", "note": "Thank you all for this week."}
    as_culture_lead.post(url("words"), words)
    as_culture_lead.force_login(culture_lead)
    assertContains(as_culture_lead.get("/accounts/kept/"), "Thank you all for this week.")
