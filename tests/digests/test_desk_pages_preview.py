"""The mail as any colleague would get it, before anybody does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Company, User
from stories.digests.models import (
    DeliveryState,
    Edition,
    EditionState,
    UnsubscribeToken,
)
from stories.digests.sending import send_now
from stories.models import Story

pytestmark = pytest.mark.django_db
PEOPLE, PREVIEW = "/digest/desk/people/", "/digest/desk/preview/"


@pytest.fixture
def edition(company: Company, story: Story, stranger: User) -> Edition:
    """Sent to everybody."""
    edition = send_now()
    edition.deliveries.update(state=DeliveryState.SENT, next_attempt_at=None)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    edition.refresh_from_db()
    return edition


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
    for part in ("", "text", "headers"):
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


@pytest.fixture
def unmakeable(company: Company, story: Story, settings: Any, tmp_path: Any) -> None:
    """No copy can be made: its template is broken."""
    broken = tmp_path / "emails" / "digest"
    broken.mkdir(parents=True)
    (broken / "body.txt").write_text("{% load nowhere %}")
    [templates] = settings.TEMPLATES
    settings.TEMPLATES = [templates | {"DIRS": [tmp_path, *templates["DIRS"]]}]


def test_a_mail_that_cannot_be_made_is_told_instead_of_shown(
    as_culture_lead: Client, unmakeable: None
) -> None:
    page = as_culture_lead.get(PREVIEW)
    assertContains(page, "This copy cannot be made now.")
    assertContains(page, "TemplateSyntaxError")


def test_a_mail_that_cannot_be_made_leaves_its_trace_in_the_log(
    as_culture_lead: Client, unmakeable: None, caplog: pytest.LogCaptureFixture
) -> None:
    as_culture_lead.get(PREVIEW)
    [row] = [row for row in caplog.records if row.name == "stories.digests.views.desk.preview"]
    assert row.exc_info is not None


def test_the_preview_shows_the_note_and_the_subject_of_the_desk(
    as_culture_lead: Client, company: Company, story: Story, nominee: User
) -> None:
    week = as_culture_lead.get("/digest/desk/").context["edition"].week_start
    words = {"subject": "Read this first", "note": "A word from Cora."}
    as_culture_lead.post(reverse("digest:desk_words", args=[week]), words)
    assertContains(as_culture_lead.get(PREVIEW), "Read this first")
    assertContains(as_culture_lead.get(f"{PREVIEW}{nominee.ref}/html/"), "A word from Cora.")


@pytest.mark.parametrize("query", ["part=lost", "width=12", "theme=red", "person=nobody"])
def test_a_preview_that_there_is_not_is_not_found(
    as_culture_lead: Client, company: Company, query: str
) -> None:
    assert as_culture_lead.get(f"{PREVIEW}?{query}").status_code == 404
