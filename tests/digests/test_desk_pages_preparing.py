"""The desk's pages while the copies of an edition are still to be made."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.tick import tick
from stories.digests.timing import TIMING
from stories.models import Story
from tests.digests.desk_pages import (
    DESK,
    HTMX,
    ask,
    make_copies,
    queries,
    told,
    url,
)
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def left_lying(edition: Edition) -> None:
    """No worker came for so long that none seems to run."""
    at_once = edition.at_once - 3 * TIMING.tick if edition.at_once else None
    Edition.objects.filter(pk=edition.pk).update(at_once=at_once)


def test_pressing_again_meanwhile_is_refused(as_culture_lead: Client, leaving: Edition) -> None:
    answer = ask(as_culture_lead, leaving)
    assertRedirects(answer, DESK)
    assertContains(answer, "This edition is on its way already.")
    assertNotContains(as_culture_lead.get(DESK), url("send_now", edition=leaving))


def test_paused_meanwhile_it_waits_for_whoever_lets_it_go_on(
    as_culture_lead: Client, leaving: Edition
) -> None:
    page = as_culture_lead.post(url("pause", edition=leaving), follow=True)
    assertContains(page, "Paused")
    for go_round in (make_copies, lambda _edition: tick()):
        go_round(leaving)
        leaving.refresh_from_db()
        assert leaving.is_departing
    as_culture_lead.post(url("resume", edition=leaving))
    tick()
    assert leaving.deliveries.count() == 6


def test_given_up_meanwhile_no_copy_is_made(as_culture_lead: Client, leaving: Edition) -> None:
    as_culture_lead.post(url("abort", edition=leaving), {"note": "The wrong week."})
    make_copies(leaving)
    assert leaving.state == EditionState.ABORTED
    assert not leaving.deliveries.exists()
    assert not Pick.objects.exists()


def test_the_desk_says_that_it_is_being_prepared(as_culture_lead: Client, leaving: Edition) -> None:
    page = as_culture_lead.get(DESK)
    assertContains(page, "About to leave")
    assertContains(page, "“Send it now” was pressed")
    assertContains(page, "Everybody’s copy is being made; then they leave, by themselves.")
    assertContains(page, "6 people get it.")
    assertContains(page, 'hx-trigger="every 2s"')
    assertNotContains(page, "Until then you can change it")
    assertNotContains(page, "It leaves today")
    assertNotContains(page, ">Save your words<")


def test_once_the_copies_are_there_an_open_page_tells_all_anew(
    as_culture_lead: Client, leaving: Edition
) -> None:
    seen = {"seen": as_culture_lead.get(DESK).context["status"].seen}
    path = url("progress", edition=leaving)
    assert "HX-Retarget" not in as_culture_lead.get(path, seen, headers=HTMX).headers
    make_copies(leaving)
    answer = as_culture_lead.get(path, seen, headers=HTMX)
    assertContains(answer, "On its way")
    assertContains(answer, "0 of 6 copies are done")


def test_while_no_worker_runs_the_desk_says_so(as_culture_lead: Client, leaving: Edition) -> None:
    seen = {"seen": as_culture_lead.get(DESK).context["status"].seen}
    left_lying(leaving)
    said = "and no worker has taken it up yet. Nothing is lost: it leaves once one does."
    page = as_culture_lead.get(DESK)
    assertContains(page, said)
    assertContains(page, "desk-status--warning")
    answer = as_culture_lead.get(url("progress", edition=leaving), seen, headers=HTMX)
    assertContains(answer, said)


def test_an_edition_whose_hour_came_while_no_worker_runs_says_so_too(
    as_culture_lead: Client, three: list[Story]
) -> None:
    Story.objects.update(published_at=timezone.now() - timedelta(days=8))
    edition = next_edition()
    assertNotContains(as_culture_lead.get(DESK), "no worker has taken it up")
    Edition.objects.filter(pk=edition.pk).update(week_start=edition.week_start - timedelta(weeks=1))
    assertContains(as_culture_lead.get(DESK), "no worker has taken it up yet.")


def test_the_schedule_holds_for_the_next_one(as_culture_lead: Client, leaving: Edition) -> None:
    page = as_culture_lead.get(f"{DESK}schedule/")
    assertContains(page, "An edition is on its way; what you change holds for the next one.")


def test_the_page_asks_as_often_for_many_readers_as_for_few(
    as_culture_lead: Client, leaving: Edition
) -> None:
    queries(as_culture_lead, DESK)
    few = queries(as_culture_lead, DESK)
    UserFactory.create_batch(20)
    assert queries(as_culture_lead, DESK) == few
    assert told()
