""" "Why did I not get it?": finding somebody, and what became of their copies."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.changes import remembered
from accounts.models import Company, History, User
from stories.digests.models import (
    Delivery,
    DeliveryState,
    Edition,
    EditionState,
    Suppression,
)
from stories.digests.sending import send_now
from stories.models import Story
from tests.digests.desk_pages import HTMX, queries

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


def today_of(client: Client, person: User) -> str:
    return str(client.get(page_of(person)).context["today"])


def test_it_begins_with_when_and_where_they_get_it(
    as_culture_lead: Client, company: Company, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="Asia/Tokyo")
    said = "They get the digest: every Monday at 09:00 in Asia/Tokyo, at sam@company.example."
    assert today_of(as_culture_lead, stranger) == said
    assertContains(as_culture_lead.get(page_of(stranger)), said)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("is_active", False, "They do not work here any more. That was on "),
        ("email", None, "They have no email address in Kudos. That was on "),
        ("digest", "off", "They have stopped the digest. That was on "),
    ],
)
def test_it_begins_with_why_they_get_none_today_though_the_last_copy_was_taken(
    as_culture_lead: Client, edition: Edition, stranger: User, field: str, value: Any, said: str
) -> None:
    with remembered("change", stranger, [field], by=stranger):
        User.objects.filter(pk=stranger.pk).update(employee_id="E-1", **{field: value})
        setattr(stranger, field, value)
    page = as_culture_lead.get(page_of(stranger))
    assertContains(page, "The mail server took their copy")
    assert page.context["today"].startswith(said)


def test_it_begins_with_an_address_that_nothing_is_sent_to(
    as_culture_lead: Client, company: Company, stranger: User
) -> None:
    Suppression.objects.suppress(str(stranger.email), "550 5.1.1 no such user")
    assert today_of(as_culture_lead, stranger) == (
        "They want the digest, but nothing is sent to their address."
    )


def test_one_copy_is_sent_again(as_culture_lead: Client, edition: Edition, stranger: User) -> None:
    fails(stranger, code="550", error="550 no")
    address = reverse("digest:desk_resend_to", args=[stranger.ref, edition.week_start])
    assertContains(as_culture_lead.get(page_of(stranger)), address)
    assertContains(as_culture_lead.post(address, follow=True), "Their copy leaves again.")
    assert Delivery.objects.get(person=stranger).state == DeliveryState.PENDING


def test_while_the_edition_is_held_one_copy_waits_for_it(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    fails(stranger, code="550", error="550 no")
    Edition.objects.update(state=EditionState.SENDING, paused_at=timezone.now())
    address = reverse("digest:desk_resend_to", args=[stranger.ref, edition.week_start])
    answer = as_culture_lead.post(address, follow=True)
    assertContains(answer, "Their copy leaves again once the edition goes on.")


def test_a_copy_that_arrived_is_not_offered_and_not_sent_again(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    address = reverse("digest:desk_resend_to", args=[stranger.ref, edition.week_start])
    assertNotContains(as_culture_lead.get(page_of(stranger)), address)
    answer = as_culture_lead.post(address, follow=True)
    assertContains(answer, "The mail server took the copy for Sam Stone already.")


def test_a_copy_to_an_address_that_is_suppressed_is_not_offered(
    as_culture_lead: Client, edition: Edition, stranger: User
) -> None:
    fails(stranger, code="550", error="550 5.1.1 no such user")
    Suppression.objects.suppress(str(stranger.email), "550 5.1.1 no such user")
    assertNotContains(as_culture_lead.get(page_of(stranger)), "Send this copy again")


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
    page = page_of(stranger)
    queries(as_culture_lead, page)
    one = queries(as_culture_lead, page)
    for day in range(6):
        Edition.objects.create(
            week_start=f"2020-01-{day + 1:02}", cutoff_at=edition.cutoff_at, state="sent"
        )
    assert queries(as_culture_lead, page) == one
