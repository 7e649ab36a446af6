"""An edition that was planned before the schedule was changed: what the desk shows is what its
verbs change."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.asserts import assertContains

from accounts.models import Company, User
from stories.digests.desk.lineup import lineup
from stories.digests.desk.mails import send_test
from stories.digests.desk.planning import next_edition, upcoming
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.models import Edition
from tests.digests.desk import headlines, publish
from tests.digests.desk_pages import DESK, HTMX, of, url
from tests.digests.mailserver import MailServer, text_of

pytestmark = pytest.mark.django_db

SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_tuesday(
    as_culture_lead: Client, company: Company, teller: User, nominee: User
) -> Iterator[None]:
    """Planned on a Sunday for Monday; on Monday it was moved to Friday, and on Tuesday there is a
    second story."""
    with time_machine.travel(SUNDAY, tick=False):
        publish(teller, nominee, "On Sunday")
        next_edition()
    Company.objects.update(digest_weekday=4, digest_hour=15)
    with time_machine.travel(TUESDAY, tick=False):
        as_culture_lead.force_login(User.objects.get(is_culture_lead=True))
        publish(teller, nominee, "On Tuesday")
        yield


def test_a_story_of_the_days_that_were_won_is_moved(as_culture_lead: Client) -> None:
    shown = headlines(upcoming())
    answer = as_culture_lead.post(url("place", of(shown[1]).ref), {"up": "1"}, headers=HTMX)
    assertContains(answer, f"“{shown[1]}” is now number 1.")
    assert headlines(upcoming()) == shown[::-1]


def test_the_order_of_the_page_is_saved(as_culture_lead: Client) -> None:
    page = as_culture_lead.get(DESK)
    refs = [place.story.ref for place in page.context["placed"]][::-1]
    as_culture_lead.post(url("order"), {"story": refs}, headers=HTMX)
    assert [place.story.ref for place in lineup(upcoming())] == refs
    assert len(refs) == 2


def test_a_story_of_the_days_that_were_won_is_taken_out_and_added(as_culture_lead: Client) -> None:
    story = of("On Tuesday")
    as_culture_lead.post(url("take_out", story.ref))
    assert headlines(upcoming()) == ["On Sunday"]
    as_culture_lead.post(url("add", story.ref))
    assert headlines(upcoming()) == ["On Sunday", "On Tuesday"]


def test_what_is_left_is_shown_at_once(as_culture_lead: Client) -> None:
    answer = as_culture_lead.post(url("take_out", of("On Sunday").ref), headers=HTMX)
    assert [place.story.headline for place in answer.context["placed"]] == ["On Tuesday"]


def test_what_is_fixed_now_is_what_was_shown(as_culture_lead: Client) -> None:
    shown = headlines(upcoming())
    as_culture_lead.post(url("freeze"))
    frozen = Edition.objects.get()
    assert [story.headline for story in frozen.picked()] == shown
    assert frozen.cutoff_at == TUESDAY


def test_the_test_copy_tells_what_is_shown(server: MailServer, culture_lead: User) -> None:
    send_test(Edition.objects.get(), by=culture_lead)
    send_due_desk_mails()
    assert "On Tuesday" in text_of(server.message_to("cora@company.example"))
