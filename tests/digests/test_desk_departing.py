"""Sending an edition at once from the desk: what was seen is what leaves."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Company, History, User
from stories.digests.desk.departing import departure, send_now
from stories.digests.desk.planning import next_edition
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.sending import send_now as send_this_week
from stories.digests.tick import tick
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.desk import FRIDAY, headlines, publish
from tests.digests.desk_pages import DESK, agree, ask, make_copies, of, queries, told, url

pytestmark = pytest.mark.django_db


def test_it_says_whom_it_reaches_and_that_it_cannot_be_undone(
    as_culture_lead: Client, three: list[Story]
) -> None:
    edition = next_edition()
    page = ask(as_culture_lead)
    people = User.objects.filter(is_active=True).count()
    assertContains(page, f"{people} people get it, whatever the hour is where they live.")
    assertContains(page, "This cannot be undone")
    assertContains(page, "Nothing more leaves at its hour")
    assertContains(page, f"<bdi>{told()[0]} + 2</bdi>")
    for headline in told():
        assertContains(page, headline)
    edition.refresh_from_db()
    assert edition.state == EditionState.PLANNED


def test_the_desk_leads_to_it(as_culture_lead: Client, three: list[Story]) -> None:
    assertContains(as_culture_lead.get(DESK), url("send_now"))


def test_what_the_page_shows_leaves_at_once_for_everybody(
    as_culture_lead: Client, three: list[Story], stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(time_zone="Pacific/Niue")
    edition, shown = next_edition(), told()[::-1]
    as_culture_lead.post(url("order"), {"story": [of(headline).ref for headline in shown]})
    answer = agree(as_culture_lead, ask(as_culture_lead))
    assertRedirects(answer, DESK)
    people = User.objects.filter(is_active=True).count()
    assertContains(answer, "It leaves once everybody’s copy is made. That goes by itself.")
    make_copies(edition)
    assert edition.state == EditionState.SENDING
    assert headlines(edition) == shown
    assert Delivery.objects.due().count() == people


def test_history_says_who_sent_it(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    edition = next_edition()
    agree(as_culture_lead, ask(as_culture_lead))
    [row] = History.objects.about(edition)
    assert (row.verb, row.actor) == ("send now", culture_lead)


def test_one_that_is_not_stored_yet_is_sent_too(
    as_culture_lead: Client, three: list[Story]
) -> None:
    week = as_culture_lead.get(DESK).context["edition"].week_start
    page = as_culture_lead.get(f"{DESK}{week}/departure/")
    assert not Edition.objects.exists()
    sent = {"agreed": page.context["leaving"].agreed}
    as_culture_lead.post(f"{DESK}{week}/departure/", sent)
    assert Edition.objects.get(week_start=week).is_departing


def test_the_week_that_has_had_its_edition_keeps_it_and_the_coming_one_leaves(
    as_culture_lead: Client, edition: Edition, teller: User, nominee: User, server: Any
) -> None:
    drain(edition)
    publish(teller, nominee, "Told since")
    agree(as_culture_lead, ask(as_culture_lead))
    coming = Edition.objects.exclude(pk=edition.pk).get()
    assert coming.week_start == edition.week_start + timedelta(weeks=1)
    assert headlines(coming) == ["Told since"]


def test_after_it_the_desk_prepares_the_week_after(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User, server: Any
) -> None:
    edition = next_edition()
    agree(as_culture_lead, ask(as_culture_lead))
    make_copies(edition)
    drain(edition)
    tick()
    publish(teller, nominee, "Told since")
    following = next_edition()
    assert following.week_start == edition.week_start + timedelta(weeks=1)
    assert headlines(following) == ["Told since"]


def test_one_that_is_paused_says_so_and_goes_on(
    as_culture_lead: Client, three: list[Story], culture_lead: User
) -> None:
    edition = next_edition()
    edition.pause(by=culture_lead, note="")
    seen = ask(as_culture_lead)
    assertContains(seen, "It is paused: sending it lets it go on.")
    agree(as_culture_lead, seen)
    make_copies(edition)
    assert (edition.state, edition.paused_at) == (EditionState.SENDING, None)


def test_an_invitation_can_be_sent(as_culture_lead: Client, company: Company) -> None:
    Company.objects.update(quiet_week="prompt")
    seen = ask(as_culture_lead)
    assertContains(seen, "everybody gets one line that invites them to tell one")
    agree(as_culture_lead, seen)
    edition = Edition.objects.get()
    make_copies(edition)
    assert edition.state == EditionState.SENDING


def test_at_a_pace_it_says_when_the_last_copy_leaves(
    as_culture_lead: Client, three: list[Story]
) -> None:
    assertNotContains(ask(as_culture_lead), "At the pace of the schedule")
    Company.objects.update(digest_per_minute=1)
    page = ask(as_culture_lead)
    assertContains(page, "At the pace of the schedule the last copy leaves about")
    leaving = page.context["leaving"]
    minutes = (leaving.ends_at - timezone.now()).total_seconds() / 60
    assert minutes == pytest.approx(leaving.people, abs=1)


def test_it_covers_what_it_shows_also_where_its_hour_is_days_away(
    planned: Edition, teller: User, nominee: User, culture_lead: User
) -> None:
    """Four weeks back from now are not four weeks back from its hour."""
    with time_machine.travel(FRIDAY, tick=False):
        Story.objects.all().delete()
        with time_machine.travel(FRIDAY - timedelta(days=26), tick=False):
            publish(teller, nominee, "Nearly forgotten")
        leaving = departure(planned)
        assert [story.headline for story in leaving.stories] == ["Nearly forgotten"]
        send_now(planned, agreed=leaving.agreed, by=culture_lead)
    assert planned.told().get().headline == "Nearly forgotten"


def test_the_command_goes_on_meaning_this_weeks(
    as_culture_lead: Client, edition: Edition, teller: User, nominee: User, server: Any
) -> None:
    drain(edition)
    publish(teller, nominee, "Told since")
    agree(as_culture_lead, ask(as_culture_lead))
    with pytest.raises(Exception, match="was sent already"):
        send_this_week()


def test_copies_reach_the_mail_server(
    as_culture_lead: Client, three: list[Story], server: Any
) -> None:
    edition = next_edition()
    agree(as_culture_lead, ask(as_culture_lead))
    make_copies(edition)
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    assert len(server.taken) == edition.deliveries.count()


def test_the_page_asks_as_often_for_many_stories_as_for_few(
    as_culture_lead: Client, three: list[Story], teller: User, nominee: User
) -> None:
    path = url("send_now")
    for number in range(5):
        publish(teller, nominee, f"Story {number}")
    few = queries(as_culture_lead, path)
    for number in range(20):
        publish(teller, nominee, f"Another {number}")
    assert queries(as_culture_lead, path) == few
