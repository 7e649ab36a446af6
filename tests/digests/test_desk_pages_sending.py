"""The desk while an edition leaves, is held, or is given up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Company, History, User
from stories.digests.models import DeliveryState, Edition, EditionState, Relay
from stories.digests.sending import send_now
from stories.models import Story
from tests.digests.desk import in_state
from tests.digests.desk_pages import DESK, HTMX, over, settle, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition(company: Company, story: Story, stranger: User, culture_lead: User) -> Edition:
    """On its way to five people."""
    return send_now()


def is_held(edition: Edition) -> bool:
    return Edition.objects.get(pk=edition.pk).paused_at is not None


def test_it_shows_how_far_it_has_got(as_culture_lead: Client, edition: Edition) -> None:
    settle(edition, sent=2, failed=1)
    page = as_culture_lead.get(DESK)
    assertContains(page, "On its way")
    assertContains(page, '<progress class="desk-progress__bar" max="5" value="3"')
    assertContains(page, "3 of 5 copies are done")
    assertContains(page, "<b>2</b> Sent")
    assertContains(page, "<b>1</b> Failed")
    assertContains(page, "2 copies left in the last minute.")


def test_an_open_page_looks_again_every_two_seconds(
    as_culture_lead: Client, edition: Edition
) -> None:
    assertContains(as_culture_lead.get(DESK), 'hx-trigger="every 2s"')
    assertContains(as_culture_lead.get(DESK), "Look again")


def test_what_an_open_page_asks_for_is_small_and_asks_little(
    as_culture_lead: Client, edition: Edition
) -> None:
    seen = as_culture_lead.get(DESK).context["status"].seen
    with CaptureQueriesContext(connection) as queries:
        answer = as_culture_lead.get(url("progress", edition=edition), {"seen": seen}, headers=HTMX)
    assertNotContains(answer, "<h2")
    assert "HX-Retarget" not in answer.headers
    assert len(queries) <= 12


def test_once_something_else_has_changed_the_whole_status_is_told_anew(
    as_culture_lead: Client, edition: Edition
) -> None:
    seen = as_culture_lead.get(DESK).context["status"].seen
    over(edition, sent=5)
    answer = as_culture_lead.get(url("progress", edition=edition), {"seen": seen}, headers=HTMX)
    assert answer.headers["HX-Retarget"] == "#status"
    assertContains(answer, 'data-announce="Sent: 100 % of all copies are done"')
    assertNotContains(answer, "hx-trigger")


def test_a_worker_that_stopped_is_told_with_when_its_copies_go_on(
    as_culture_lead: Client, edition: Edition
) -> None:
    lease_until = timezone.now() + timedelta(seconds=60)
    edition.deliveries.update(state="sending", lease_until=lease_until)
    page = as_culture_lead.get(DESK)
    assertContains(page, "5 copies wait for a worker that stopped; they go on about")
    assertNotContains(page, "Being sent")
    assertNotContains(page, "The last copy leaves")


def test_it_is_paused_and_let_go_on(
    as_culture_lead: Client, edition: Edition, culture_lead: User
) -> None:
    page = as_culture_lead.post(url("pause", edition=edition), follow=True)
    assertContains(page, "Paused")
    assertContains(page, "Let it go on")
    assert is_held(edition)
    as_culture_lead.post(url("resume", edition=edition))
    assert not is_held(edition)
    assert [row.actor for row in History.objects.about(edition)][-2:] == [culture_lead] * 2


def test_a_paused_edition_promises_no_hour(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    for page in (
        as_culture_lead.post(url("pause"), headers=HTMX),
        as_culture_lead.get(DESK),
    ):
        assertContains(page, "Its hour by your clock:")
        assertContains(page, "Once it is more than two days late, nobody gets it")
        assertNotContains(page, "It leaves")
        assertNotContains(page, "get it.")


def test_pausing_in_place_keeps_the_button_where_the_focus_is(
    as_culture_lead: Client, edition: Edition
) -> None:
    answer = as_culture_lead.post(url("pause", edition=edition), headers=HTMX)
    assertContains(answer, 'id="hold"')
    assertContains(answer, 'data-announce="Paused: 0 % of all copies are done"')
    assertNotContains(answer, "<html")


def test_a_pause_that_nobody_asked_for_says_why(as_culture_lead: Client, edition: Edition) -> None:
    edition.pause(by=None, note="535 5.7.8 Authentication failed <x>")
    assertContains(as_culture_lead.get(DESK), "535 5.7.8 Authentication failed &lt;x&gt;")


def test_a_mail_server_that_does_not_answer_is_told_in_plain_words(
    as_culture_lead: Client, edition: Edition
) -> None:
    Relay.trip("Connection refused")
    page = as_culture_lead.get(DESK)
    assertContains(page, "Waiting for the mail server")
    assertContains(page, "We try again")
    assertContains(page, "Connection refused")


def test_giving_up_asks_once_more_and_changes_nothing_yet(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, sent=2)
    page = as_culture_lead.get(url("abort", edition=edition))
    assertContains(page, "2 people have it already")
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING


def test_giving_up_needs_a_reason(as_culture_lead: Client, edition: Edition) -> None:
    answer = as_culture_lead.post(url("abort", edition=edition), {"note": " "})
    assertContains(answer, "Say in a few words why", status_code=422)
    edition.refresh_from_db()
    assert edition.state == EditionState.SENDING


def test_giving_up_stops_what_has_not_left(as_culture_lead: Client, edition: Edition) -> None:
    settle(edition, sent=2)
    answer = as_culture_lead.post(url("abort", edition=edition), {"note": "The wrong week."})
    assertRedirects(answer, DESK)
    states = set(edition.deliveries.values_list("state", flat=True))
    assert states == {DeliveryState.SENT, DeliveryState.CANCELLED}
    assert History.objects.about(edition).last().note == "The wrong week."


@pytest.mark.parametrize("state", ["sent", "uncertain"])
def test_giving_up_what_somebody_may_have_read_promises_nobody_its_stories(
    as_culture_lead: Client, edition: Edition, state: str
) -> None:
    settle(edition, **{state: 1})
    answer = as_culture_lead.post(
        url("abort", edition=edition), {"note": "The wrong week."}, follow=True
    )
    assertContains(answer, "Given up. Nobody else gets it; its stories are not told again.")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "Whoever has it keeps it")
    assertNotContains(page, "The next edition covers its stories.")


def test_before_giving_up_a_copy_in_doubt_counts_as_one_that_somebody_has(
    as_culture_lead: Client, edition: Edition
) -> None:
    settle(edition, uncertain=1)
    page = as_culture_lead.get(url("abort", edition=edition))
    assertContains(page, "Somebody may have it already; a mail cannot be called back.")
    assertContains(page, "Its stories are not told again.")


def test_giving_up_what_nobody_has_leaves_its_stories_to_the_next(
    as_culture_lead: Client, edition: Edition
) -> None:
    path = url("abort", edition=edition)
    answer = as_culture_lead.post(path, {"note": "The wrong week."}, follow=True)
    assertContains(answer, "Given up. The next edition covers its stories.")
    page = as_culture_lead.get(url("edition", edition=edition))
    assertContains(page, "Nobody gets it any more. The next edition covers its stories.")


def test_giving_up_what_was_given_up_says_so(as_culture_lead: Client, edition: Edition) -> None:
    as_culture_lead.post(url("abort", edition=edition), {"note": "The wrong week."})
    again = as_culture_lead.post(url("abort", edition=edition), {"note": "Once more."}, follow=True)
    assertContains(again, "This edition was over already.")


@pytest.mark.parametrize("state", [EditionState.SENT, EditionState.ABORTED])
@pytest.mark.parametrize("note", ["Once more.", ""])
def test_what_is_over_cannot_even_be_asked_to_be_given_up(
    as_culture_lead: Client, edition: Edition, state: EditionState, note: str
) -> None:
    in_state(edition, state)
    path = url("abort", edition=edition)
    for answer in (
        as_culture_lead.get(path, follow=True),
        as_culture_lead.post(path, {"note": note}, follow=True),
    ):
        assertRedirects(answer, DESK)
        assertContains(answer, "This edition was over already.")
