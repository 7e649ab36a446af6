""" "Why did I not get it?": a plain answer for whatever became of a copy."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.timezone import override

from accounts.changes import remembered
from accounts.models import User
from stories.digests.desk.explaining import moment
from stories.digests.desk.timeline import timeline, why
from stories.digests.models import (
    Delivery,
    DeliveryState,
    Edition,
    MailEvent,
    MailEventKind,
    Relay,
    Suppression,
    UnsubscribeToken,
)
from stories.digests.timing import TIMING
from tests.digests.desk import become

pytestmark = pytest.mark.django_db

ADDRESS = "sam@company.example"


@pytest.fixture
def copy(edition: Edition, stranger: User) -> Delivery:
    return edition.deliveries.get(person=stranger)


def why_of(copy: Delivery) -> str:
    return why(User.objects.get(pk=copy.person_id), Edition.objects.get(pk=copy.edition_id))


def sentences(copy: Delivery) -> list[str]:
    return [moment.sentence for moment in timeline(copy.person, copy.edition)]


def test_a_copy_that_was_taken_says_when_and_for_whom(copy: Delivery) -> None:
    at = timezone.now()
    become(copy, "sent", sent_at=at, code="250")
    assert why_of(copy) == (
        f"The mail server took their copy for {ADDRESS} on {moment(at)}. "
        "If it is not in their inbox, it may be in their junk folder."
    )


def test_times_are_in_the_reader_s_zone(copy: Delivery) -> None:
    at = timezone.now().replace(hour=12, minute=0)
    become(copy, "sent", sent_at=at)
    with override("Asia/Tokyo"):
        assert ", 21:00." in why_of(copy)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (MailEventKind.BOUNCED, "Came back: “5.2.2 full”."),
        (MailEventKind.COMPLAINED, "Reported as unwanted: “5.2.2 full”."),
        (MailEventKind.UNSUBSCRIBED, "Unsubscribed at the mail provider: “5.2.2 full”."),
    ],
)
def test_what_became_known_afterwards_is_told(
    copy: Delivery, kind: MailEventKind, said: str
) -> None:
    become(copy, "sent", sent_at=timezone.now())
    MailEvent.objects.create(delivery=copy, kind=kind, event="1", text="5.2.2 full")
    assert why_of(copy).endswith(said)
    assert said in sentences(copy)


def test_a_copy_that_waits_for_its_hour_says_when_in_its_reader_s_zone(copy: Delivery) -> None:
    User.objects.filter(pk=copy.person_id).update(time_zone="Asia/Tokyo")
    at = timezone.now() + timedelta(hours=3)
    become(copy, "pending", due_at=at, next_attempt_at=at)
    assert why_of(copy) == (
        f"Their copy waits for their hour: {moment(at, 'Asia/Tokyo')} in Asia/Tokyo."
    )


def test_a_copy_that_is_due_is_next_in_line(copy: Delivery) -> None:
    assert why_of(copy) == "Their copy is next in line."


def test_a_copy_of_a_paused_edition_says_what_holds_it(copy: Delivery, edition: Edition) -> None:
    edition.pause(by=None, note="535 who are you")
    assert why_of(copy) == "The edition is paused, and their copy with it: “535 who are you”."
    assert "The edition was paused: “535 who are you”." in sentences(copy)


def test_while_the_server_is_away_the_answer_says_so(copy: Delivery) -> None:
    Relay.trip("connection refused")
    assert why_of(copy) == "The mail server is out of reach for now; it is tried every minute."


NOON = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


@time_machine.travel(NOON, tick=False)
def test_a_copy_that_leaves_right_now_says_so_and_until_when_its_answer_comes(
    copy: Delivery,
) -> None:
    lease_until = NOON + TIMING.lease
    become(copy, "sending", started_at=NOON, lease_until=lease_until)
    assert why_of(copy) == (
        "Their copy is leaving at this moment; if no answer has come by about 12:33, it counts as "
        "one of which nobody knows."
    )


def test_a_copy_that_was_handed_over_by_a_worker_that_stopped_leaves_no_more(
    copy: Delivery,
) -> None:
    at = timezone.now()
    become(copy, "sending", started_at=at - timedelta(minutes=3), lease_until=at)
    assert why_of(copy) == "Their copy was handed to the mail server, and no answer came."


@time_machine.travel(NOON, tick=False)
def test_a_copy_that_a_worker_holds_says_so_and_when_it_goes_if_that_worker_stopped(
    copy: Delivery,
) -> None:
    become(copy, "sending", lease_until=NOON + TIMING.lease)
    said = (
        "A worker has their copy and sends it in its turn; if that worker has stopped, another one "
        "takes it about {}."
    )
    assert why_of(copy) == said.format("12:33")
    with override("Asia/Tokyo"):
        assert why_of(copy) == said.format("21:33")


def test_a_copy_whose_lease_is_over_is_next_in_line(copy: Delivery) -> None:
    become(copy, "sending", lease_until=timezone.now() - timedelta(seconds=1))
    assert why_of(copy) == "Their copy is next in line."


def test_while_it_is_held_a_copy_that_a_worker_holds_is_held_too(
    copy: Delivery, edition: Edition
) -> None:
    become(copy, "sending")
    edition.pause(by=None, note="535")
    assert why_of(copy) == "The edition is paused, and their copy with it: “535”."


@pytest.mark.parametrize("state", ["pending", "sending", "retry"])
def test_what_a_worker_puts_back_after_it_was_given_up_will_not_leave(
    copy: Delivery, edition: Edition, state: str
) -> None:
    edition.abort(by=None, note="Wrong week")
    started_at = timezone.now() if state == "retry" else None
    become(copy, state, next_attempt_at=timezone.now(), started_at=started_at)
    told = "The edition was given up before their copy left: “Wrong week”."
    assert why_of(copy).endswith(told)
    assert "next in line" not in why_of(copy)


def test_a_copy_that_is_tried_again_says_what_the_server_said(copy: Delivery) -> None:
    at = timezone.now() + timedelta(minutes=5)
    become(copy, "retry", next_attempt_at=at, error="4.7.1 greylisted", attempts=1)
    assert why_of(copy) == (
        "The mail server could not take their copy yet: “4.7.1 greylisted”. "
        f"It goes once more on {moment(at)}."
    )
    assert "It goes once more." in sentences(copy)


def test_a_refused_copy_says_what_the_server_said(copy: Delivery) -> None:
    become(copy, "failed", code="550 5.7.1", error="5.7.1 not here")
    assert why_of(copy) == (f"The mail server refused their copy for {ADDRESS}: “5.7.1 not here”.")


def test_an_address_without_a_mailbox_gets_nothing_more(copy: Delivery) -> None:
    become(copy, "failed", code="550 5.1.1", error="5.1.1 unknown")
    Suppression.objects.suppress(ADDRESS.upper(), "5.1.1 unknown")
    assert why_of(copy).endswith("Nothing more is sent to that address.")
    assert f"Nothing more is sent to {ADDRESS}: “5.1.1 unknown”." in sentences(copy)


def test_a_copy_that_could_not_be_written_says_so(copy: Delivery) -> None:
    become(copy, "failed", code="unrenderable", error="ValueError: no address")
    assert why_of(copy) == "Their copy could not be written: “ValueError: no address”."


def test_nobody_knows_of_a_copy_in_doubt(copy: Delivery) -> None:
    become(copy, "uncertain", resends=1)
    assert why_of(copy) == (
        "The mail server took their copy and did not answer. Nobody knows whether it arrived."
    )


def test_a_copy_in_doubt_may_go_once_more(copy: Delivery) -> None:
    at = timezone.now() + timedelta(minutes=1)
    become(copy, "uncertain", resends=1, next_attempt_at=at)
    assert why_of(copy).endswith(f"It goes once more on {moment(at)}.")


def test_a_copy_that_was_too_late_says_so(copy: Delivery) -> None:
    become(copy, "expired")
    assert "48 hours" in why_of(copy)


def test_a_copy_of_an_edition_that_was_given_up_says_why(
    copy: Delivery, edition: Edition, culture_lead: User
) -> None:
    edition.abort(by=culture_lead, note="The wrong week")
    assert why_of(copy) == "The edition was given up before their copy left: “The wrong week”."


def test_a_copy_to_a_suppressed_address_says_what_was_said_of_it(copy: Delivery) -> None:
    become(copy, "skipped", code="suppressed")
    Suppression.objects.suppress(ADDRESS, "5.1.1 unknown")
    assert why_of(copy) == f"Nothing was sent to {ADDRESS} any more: “5.1.1 unknown”."


def test_whoever_stopped_it_by_the_link_is_told_when(copy: Delivery, stranger: User) -> None:
    UnsubscribeToken.objects.stop(stranger.unsubscribe_token.token)
    become(copy, "skipped", code="unsubscribed")
    assert why_of(copy).startswith("They have stopped the digest. That was on ")
    assert "They stopped the digest." in sentences(copy)


def test_a_leaver_s_answer_says_since_when(
    copy: Delivery, stranger: User, culture_lead: User
) -> None:
    with remembered("change", stranger, ["is_active"], by=culture_lead):
        stranger.is_active = False
        stranger.save()
    become(copy, "skipped", code="unsubscribed")
    assert why_of(copy).startswith("They do not work here any more. That was on ")
    assert "They left." in sentences(copy)


def test_whoever_came_back_since_had_no_digest_then(copy: Delivery) -> None:
    become(copy, "skipped", code="unsubscribed")
    assert why_of(copy) == "When their copy was to leave, they did not get the digest."


@pytest.mark.parametrize("state", DeliveryState)
def test_every_state_has_an_answer(copy: Delivery, state: DeliveryState) -> None:
    become(copy, state, next_attempt_at=copy.due_at)
    assert why_of(copy)
