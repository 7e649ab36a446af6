"""A test copy goes by the rate limit and the breaker, as every mail of the digest does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Company, User
from kudos.lib.outbox import State
from stories.digests.desk.mails import send_test
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.models import Edition, Relay
from tests.digests.mailserver import MailServer

pytestmark = pytest.mark.django_db

CORA = "cora@company.example"


def test_a_test_takes_its_place_under_the_rate_limit(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    Company.objects.update(digest_per_minute=30)
    before = Relay.current().next_slot_at
    send_test(planned, by=culture_lead)
    send_due_desk_mails()
    assert server.addresses == [CORA]
    assert Relay.current().next_slot_at >= before + timedelta(seconds=2)


def test_a_test_that_would_wait_too_long_for_its_place_is_tried_again(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    Company.objects.update(digest_per_minute=30)
    Relay.current()
    Relay.objects.update(next_slot_at=timezone.now() + timedelta(minutes=10))
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    asked.refresh_from_db()
    assert (asked.state, asked.attempts, asked.error) == (State.PENDING, 0, "")
    assert asked.next_attempt_at > timezone.now()
    assert server.addresses == []


def test_while_the_breaker_is_open_a_test_says_so_and_stays(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    Relay.trip("421 4.3.2 closing down")
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert asked.error == "The mail server is out of reach: 421 4.3.2 closing down"
    assert server.addresses == []


def test_once_the_breaker_s_minute_is_over_a_test_is_its_probe(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    Relay.trip("421 4.3.2 closing down")
    Relay.objects.update(open_until=timezone.now() - timedelta(seconds=1))
    send_test(planned, by=culture_lead)
    send_due_desk_mails()
    assert server.addresses == [CORA]
    assert not Relay.current().is_open
