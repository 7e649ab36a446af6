"""The breaker: what one worker learns of the mail server holds every worker back."""

from datetime import timedelta
from typing import cast
from uuid import UUID

import pytest
from django.utils import timezone

from accounts.models import Company, DigestChoice, User
from stories.digests.db.ahead import Ahead
from stories.digests.drain import claim, drain
from stories.digests.models import Delivery, Edition, Relay
from stories.digests.models.claiming import take
from tests.digests.conftest import batch_of, send, states
from tests.digests.mailserver import MailServer

ANA = "ana@company.example"


def let_a_minute_pass() -> None:
    """For the breaker, and for the copies that wait."""
    past = timezone.now() - timedelta(seconds=1)
    Relay.objects.filter(open_until__isnull=False).update(open_until=past)
    Delivery.objects.filter(next_attempt_at__isnull=False).update(next_attempt_at=past)


def answer(copy: Delivery) -> None:
    """The server took something of the claim that this copy belongs to."""
    with Ahead() as ahead:
        Relay.answered(cast(UUID, copy.claim), ahead)


def test_one_copy_in_doubt_opens_it(edition: Edition, server: MailServer) -> None:
    server.drop.add(ANA)
    drain(edition)
    assert Relay.current().is_open
    assert server.addresses == [ANA]
    assert sorted(states(edition).values()) == ["pending", "pending", "pending", "uncertain"]


def test_a_server_that_closes_the_line_opens_it(edition: Edition, server: MailServer) -> None:
    server.refuse[ANA] = "421 4.3.2 Closing"
    drain(edition)
    assert Relay.current().is_open
    assert "Closing" in Relay.current().reason
    assert server.taken == []


def test_two_lost_connections_do_not_open_it_and_the_third_does(
    edition: Edition, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Relay.lost("no route", claim=None)
    Relay.lost("no route", claim=None)
    assert not Relay.current().is_open
    Relay.lost("no route", claim=None)
    assert Relay.current().is_open


def test_an_answer_in_between_begins_the_count_anew(edition: Edition, server: MailServer) -> None:
    Relay.lost("no route", claim=None)
    Relay.lost("no route", claim=None)
    drain(edition)
    assert Relay.current().failures == 0


def test_a_server_that_is_down_is_asked_three_times(edition: Edition, server: MailServer) -> None:
    server.stop()
    drain(edition)
    server.start()
    assert Relay.current().failures == 3
    assert set(states(edition).values()) == {"pending"}


def test_nothing_is_claimed_while_it_is_open(edition: Edition, server: MailServer) -> None:
    Relay.trip("busy")
    drain(edition)
    assert server.taken == []
    assert set(edition.deliveries.values_list("attempts", flat=True)) == {0}


def test_what_another_worker_holds_does_not_pass_the_fence(edition: Edition) -> None:
    [held, *_others] = take(edition)
    Relay.trip("busy")
    assert not held.fence(edition.version)
    assert held.why_not() == "breaker"


def test_after_a_minute_one_copy_is_the_probe_and_its_success_lets_all_go(
    edition: Edition, server: MailServer
) -> None:
    Relay.trip("busy")
    let_a_minute_pass()
    [probe] = claim(edition, Company.current())
    assert claim(edition, Company.current()) == []
    assert probe.fence(edition.version)
    answer(probe)
    assert not Relay.current().is_open
    assert len(claim(edition, Company.current())) == 3


def test_the_drain_goes_on_once_its_probe_was_taken(edition: Edition, server: MailServer) -> None:
    Relay.trip("busy")
    let_a_minute_pass()
    drain(edition)
    assert len(server.addresses) == 4
    assert not Relay.current().is_open


def test_a_probe_that_fails_opens_it_for_another_minute(
    edition: Edition, server: MailServer
) -> None:
    Relay.trip("busy")
    let_a_minute_pass()
    server.stop()
    drain(edition)
    server.start()
    relay = Relay.current()
    assert relay.open_until is not None
    assert relay.open_until > timezone.now() + timedelta(seconds=30)
    assert set(states(edition).values()) == {"pending"}


def test_the_probe_of_a_worker_that_died_passes_to_the_next(edition: Edition) -> None:
    Relay.trip("busy")
    let_a_minute_pass()
    assert Relay.take_probe() is not None
    assert Relay.take_probe() is None
    let_a_minute_pass()
    assert Relay.take_probe() is not None


def test_an_answer_to_somebody_else_does_not_close_it(edition: Edition) -> None:
    [held, *_others] = take(edition)
    Relay.trip("busy")
    answer(held)
    assert Relay.current().is_open


def test_a_no_for_one_person_is_an_answer(edition: Edition, server: MailServer) -> None:
    server.refuse[ANA] = "550 5.1.1 Nobody here"
    Relay.lost("no route", claim=None)
    drain(edition)
    assert Relay.current().failures == 0
    assert states(edition)["Ana"] == "failed"


@pytest.mark.parametrize("way", ["server", "folder"])
def test_a_probe_that_the_fence_keeps_says_nothing_of_the_server(
    edition: Edition, request: pytest.FixtureRequest, way: str
) -> None:
    request.getfixturevalue(way)
    Relay.trip("It took one and did not answer.")
    let_a_minute_pass()
    [probe] = claim(edition, Company.current())
    User.objects.filter(pk=probe.person_id).update(digest=DigestChoice.OFF)
    send(batch_of(edition, [probe]))
    assert Relay.current().is_open
    assert [copy.claim for copy in claim(edition, Company.current(), probe.claim)] == [probe.claim]
