""" "Why did I not get it?", and looking at the mail with somebody else's eyes."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, History, User
from stories.digests.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionState,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.sending import send_now
from stories.models import Story

pytestmark = pytest.mark.django_db
PEOPLE, PREVIEW = "/digest/desk/people/", "/digest/desk/preview/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(company: Company, story: Story, stranger: User) -> Edition:
    """Sent to everybody."""
    edition = send_now()
    edition.deliveries.update(state=DeliveryState.SENT, next_attempt_at=None)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    edition.refresh_from_db()
    return edition


def page_of(person: User) -> str:
    return reverse("digest:desk_person", args=[person.ref])


def fails(person: User, **fields: Any) -> None:
    Delivery.objects.filter(person=person).update(state=DeliveryState.FAILED, **fields)


@pytest.mark.parametrize("page", [PEOPLE, PREVIEW])
def test_a_colleague_is_found_by_a_plain_form(
    as_culture_lead: Client, company: Company, story: Story, nominee: User, page: str
) -> None:
    answer = as_culture_lead.get(page, {"find": "prya"})
    assertContains(answer, "Priya Desai")
    assertContains(answer, nominee.ref)


@pytest.mark.parametrize("page", [PEOPLE, PREVIEW])
def test_colleagues_are_found_while_typing(
    as_culture_lead: Client, company: Company, nominee: User, page: str
) -> None:
    answer = as_culture_lead.get(page, {"find": "prya"}, headers=HTMX)
    assertContains(answer, "1 colleague found")
    assertNotContains(answer, "<h1>")
    nobody = as_culture_lead.get(page, {"find": "zzzz"}, headers=HTMX)
    assertContains(nobody, "Nobody here answers to “zzzz”.")


def test_what_the_mail_server_said_is_told(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    fails(stranger, code="550", error="550 5.2.2 Mailbox full <sam>")
    page = as_culture_lead.get(page_of(stranger))
    assertContains(page, "The mail server refused their copy")
    assertContains(page, "550 5.2.2 Mailbox full &lt;sam&gt;")


def test_one_copy_is_sent_again(as_culture_lead: Client, edition: Edition, stranger: User) -> None:
    fails(stranger, code="550", error="550 no")
    address = reverse("digest:desk_resend_to", args=[stranger.ref, edition.week_start])
    assertContains(as_culture_lead.get(page_of(stranger)), address)
    assertContains(as_culture_lead.post(address, follow=True), "Their copy leaves again.")
    assert Delivery.objects.get(person=stranger).state == DeliveryState.PENDING


def test_a_copy_that_arrived_is_not_offered_and_not_sent_again(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    address = reverse("digest:desk_resend_to", args=[stranger.ref, edition.week_start])
    assertNotContains(as_culture_lead.get(page_of(stranger)), address)
    answer = as_culture_lead.post(address, follow=True)
    assertContains(answer, "The mail server took the copy for Sam Stone already.")


def test_a_copy_of_nobody_is_not_found(
    as_culture_lead: Client, edition: Edition, leaver: User
) -> None:
    address = reverse("digest:desk_resend_to", args=[leaver.ref, edition.week_start])
    assert as_culture_lead.post(address).status_code == 404
    assert as_culture_lead.get(f"{PEOPLE}nobody/").status_code == 404


def test_a_suppressed_address_is_let_go_and_history_keeps_it(
    as_culture_lead: Client, edition: Edition, stranger: User, culture_lead: User
) -> None:
    Suppression.objects.suppress(str(stranger.email), "550 5.1.1 no such user")
    page = as_culture_lead.get(page_of(stranger))
    assertContains(page, "550 5.1.1 no such user")
    address = reverse("digest:desk_lift", args=[stranger.ref])
    assertContains(as_culture_lead.post(address, follow=True), "goes to their address again")
    assert not Suppression.objects.exists()
    row = History.objects.get(verb="lift suppression")
    assert row.actor == culture_lead
    assert row.before == {"address": "sam@company.example", "reason": "550 5.1.1 no such user"}


def test_lifting_what_is_not_suppressed_writes_nothing(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    as_culture_lead.post(reverse("digest:desk_lift", args=[stranger.ref]))
    assert not History.objects.filter(verb="lift suppression").exists()


def test_a_leaver_has_an_answer_too(
    as_culture_lead: Client, edition: Edition, leaver: User
) -> None:
    assertContains(as_culture_lead.get(page_of(leaver)), "Lea Vogel")


def test_before_the_first_edition_there_is_nothing_to_answer(
    as_culture_lead: Client, company: Company, stranger: User
) -> None:
    assertContains(as_culture_lead.get(page_of(stranger)), "No edition yet")


def test_the_answers_ask_as_often_for_many_editions_as_for_one(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            as_culture_lead.get(page_of(stranger))
        return len(seen)

    queries()
    one = queries()
    for day in range(6):
        Edition.objects.create(
            week_start=f"2020-01-{day + 1:02}", cutoff_at=edition.cutoff_at, state="sent"
        )
    assert queries() == one


def test_the_preview_is_ones_own_unless_somebody_is_chosen(
    as_culture_lead: Client, company: Company, story: Story, nominee: User, culture_lead: User
) -> None:
    assertContains(as_culture_lead.get(PREVIEW), f"{PREVIEW}{culture_lead.ref}/html/")
    theirs = as_culture_lead.get(PREVIEW, {"person": nominee.ref})
    assertContains(theirs, f"{PREVIEW}{nominee.ref}/html/")
    assertContains(theirs, "Priya Desai")


def test_the_mail_is_theirs_with_their_own_block(
    as_culture_lead: Client, company: Company, story: Story, nominee: User
) -> None:
    mail = as_culture_lead.get(f"{PREVIEW}{nominee.ref}/html/")
    assertContains(mail, "Priya")
    assertContains(mail, story.headline)
    assert mail["Content-Type"].startswith("text/html")


def test_nothing_runs_in_the_mail_and_nothing_is_fetched(
    as_culture_lead: Client, company: Company, story: Story, nominee: User
) -> None:
    mail = as_culture_lead.get(f"{PREVIEW}{nominee.ref}/html/")
    assert mail["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
        "sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    assert mail["X-Frame-Options"] == "SAMEORIGIN"
    assertContains(mail, '<base target="_blank">')


def test_only_the_preview_may_hold_a_frame(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    page = as_culture_lead.get(PREVIEW)
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    for other in ("/digest/desk/", PEOPLE):
        assert "frame-src" not in as_culture_lead.get(other)["Content-Security-Policy"]


def test_a_preview_gives_nobodys_way_out_away(
    as_culture_lead: Client, edition: Edition, nominee: User
) -> None:
    token = UnsubscribeToken.objects.get(person=nominee).token
    for part in ("mail", "text", "headers"):
        page = as_culture_lead.get(PREVIEW, {"person": nominee.ref, "part": part})
        assertNotContains(page, token)
    assertNotContains(as_culture_lead.get(f"{PREVIEW}{nominee.ref}/html/"), token)


@pytest.mark.parametrize(
    ("part", "said"),
    [("text", "Hello Priya"), ("headers", "List-Unsubscribe-Post"), ("headers", "priya@company")],
)
def test_the_other_parts_are_shown_as_they_leave(
    as_culture_lead: Client, company: Company, story: Story, nominee: User, part: str, said: str
) -> None:
    assertContains(as_culture_lead.get(PREVIEW, {"person": nominee.ref, "part": part}), said)


def test_the_size_is_said(as_culture_lead: Client, company: Company, story: Story) -> None:
    page = as_culture_lead.get(PREVIEW)
    assertContains(page, f"{page.context['size']} kB; mail programs show up to 90 kB whole.")
    assert 5 < page.context["size"] < 90


def test_somebody_without_an_address_gets_no_mail_and_the_page_says_so(
    as_culture_lead: Client, company: Company, story: Story, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(email=None, employee_id="S1")
    assertContains(as_culture_lead.get(PREVIEW, {"person": stranger.ref}), "has no address")
    assert as_culture_lead.get(f"{PREVIEW}{stranger.ref}/html/").status_code == 404


def test_a_leaver_has_no_preview(as_culture_lead: Client, company: Company, leaver: User) -> None:
    assert as_culture_lead.get(PREVIEW, {"person": leaver.ref}).status_code == 404


def test_a_mail_that_cannot_be_made_is_told_instead_of_shown(
    as_culture_lead: Client, company: Company, story: Story, settings: Any, tmp_path: Any
) -> None:
    broken = tmp_path / "emails" / "digest"
    broken.mkdir(parents=True)
    (broken / "body.txt").write_text("{% load nowhere %}")
    [templates] = settings.TEMPLATES
    settings.TEMPLATES = [templates | {"DIRS": [tmp_path, *templates["DIRS"]]}]
    page = as_culture_lead.get(PREVIEW)
    assertContains(page, "This copy cannot be made now.")
    assertContains(page, "TemplateSyntaxError")


def test_the_preview_shows_the_note_and_the_subject_of_the_desk(
    as_culture_lead: Client, company: Company, story: Story, nominee: User
) -> None:
    week = as_culture_lead.get("/digest/desk/").context["edition"].week_start
    words = {"subject": "Read this first", "note": "A word from Cora."}
    as_culture_lead.post(reverse("digest:desk_words", args=[week]), words)
    assertContains(as_culture_lead.get(PREVIEW), "Read this first")
    assertContains(as_culture_lead.get(f"{PREVIEW}{nominee.ref}/html/"), "A word from Cora.")
