"""How far an edition has got, in figures."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Company, User
from stories.digests.desk.planning import upcoming
from stories.digests.desk.progress import Progress, progress
from stories.digests.models import Delivery, Edition, EditionState, Relay
from stories.digests.timing import TIMING
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SOON = timedelta(seconds=30)


def copies(edition: Edition, count: int, **fields: object) -> None:
    """So many more copies that are due, unless the fields say otherwise."""
    now = timezone.now()
    usual: dict[str, object] = {"due_at": now, "next_attempt_at": now}
    Delivery.objects.bulk_create(
        Delivery(edition=edition, person=person, address=person.email or "", **(usual | fields))
        for person in UserFactory.create_batch(count)
    )


@pytest.fixture
def way(edition: Edition) -> Edition:
    """On its way, its ledger empty."""
    edition.deliveries.all().delete()
    return edition


def sent(edition: Edition, count: int, ago: timedelta = SOON) -> None:
    copies(edition, count, state="sent", sent_at=timezone.now() - ago, next_attempt_at=None)


def test_each_state_is_counted(way: Edition) -> None:
    sent(way, 3)
    copies(way, 2)
    copies(way, 1, state="failed", next_attempt_at=None)
    figures = progress(way)
    assert {state: n for state, n in figures.counts.items() if n} == {
        "pending": 2,
        "sent": 3,
        "failed": 1,
    }
    assert (figures.total, figures.done, figures.share) == (6, 4, 66)


def test_a_copy_that_goes_once_more_is_not_done(way: Edition) -> None:
    copies(way, 1, state="uncertain")
    copies(way, 1, state="uncertain", next_attempt_at=None)
    assert progress(way).done == 1


def test_the_last_copy_makes_it_a_hundred(way: Edition) -> None:
    sent(way, 200)
    copies(way, 1)
    assert (progress(way).share, progress(way).is_over) == (99, False)
    way.deliveries.filter(state="pending").update(state="skipped", next_attempt_at=None)
    assert (progress(way).share, progress(way).is_over) == (100, True)


def test_what_was_cancelled_is_not_done(way: Edition) -> None:
    sent(way, 1)
    copies(way, 3, state="cancelled", next_attempt_at=None)
    figures = progress(way)
    assert (figures.done, figures.share, figures.is_over) == (1, 25, False)


def test_what_is_claimed_and_not_begun_is_still_to_be_sent(way: Edition) -> None:
    copies(way, 2, state="sending")
    copies(way, 1, state="sending", started_at=timezone.now())
    figures = progress(way)
    assert (figures.counts["pending"], figures.counts["sending"]) == (2, 1)
    assert figures.done == 0


def test_the_rate_is_what_the_last_minute_saw(way: Edition) -> None:
    sent(way, 3)
    sent(way, 4, timedelta(minutes=5))
    assert progress(way).rate == 3


def ends_in(figures: Progress) -> float:
    """Minutes from now."""
    assert figures.ends_at is not None
    return (figures.ends_at - timezone.now()).total_seconds() / 60


def test_what_is_due_takes_as_long_as_the_last_minute_did(way: Edition) -> None:
    sent(way, 10, timedelta(seconds=59))
    copies(way, 20)
    assert ends_in(progress(way)) == pytest.approx(2, abs=0.2)


def test_in_the_first_seconds_the_speed_is_not_underrated(way: Edition) -> None:
    sent(way, 10, timedelta(seconds=6))
    copies(way, 100)
    assert ends_in(progress(way)) == pytest.approx(1, abs=0.3)


def test_the_last_reader_s_hour_ends_it(way: Edition) -> None:
    sent(way, 10)
    copies(way, 1, next_attempt_at=timezone.now() + timedelta(hours=8))
    assert ends_in(progress(way)) == pytest.approx(480, abs=1)


def test_the_company_s_limit_is_reckoned_with(way: Edition) -> None:
    Company.objects.update(digest_per_minute=10)
    copies(way, 50)
    assert ends_in(progress(way)) == pytest.approx(5, abs=0.1)


def test_without_a_speed_nobody_can_tell(way: Edition) -> None:
    copies(way, 5)
    assert progress(way).ends_at is None


def killed(edition: Edition, ago: timedelta) -> None:
    """Three copies that a worker claimed so long ago, and one that it had begun a moment later."""
    claimed_at = timezone.now() - ago
    held = {"state": "sending", "lease_until": claimed_at + TIMING.lease}
    copies(edition, 3, **held)
    copies(edition, 1, **held, started_at=claimed_at)


def test_what_a_killed_worker_holds_says_when_it_goes_on(way: Edition) -> None:
    sent(way, 10, timedelta(seconds=50))
    killed(way, timedelta(seconds=45))
    figures = progress(way)
    assert figures.stopped == 3
    assert figures.goes_on_at is not None
    minutes = (figures.goes_on_at - timezone.now()).total_seconds() / 60
    assert minutes == pytest.approx(2.25, abs=0.1)
    assert figures.ends_at is None


def test_a_worker_that_has_only_just_claimed_has_not_stopped(way: Edition) -> None:
    killed(way, timedelta(seconds=10))
    assert (progress(way).stopped, progress(way).goes_on_at) == (0, None)


def test_a_worker_that_goes_on_beginning_copies_has_not_stopped(way: Edition) -> None:
    killed(way, timedelta(seconds=100))
    copies(way, 1, state="sent", started_at=timezone.now(), sent_at=timezone.now())
    assert progress(way).stopped == 0


def test_a_worker_that_waits_for_the_rate_limit_has_not_stopped(way: Edition) -> None:
    Company.objects.update(digest_per_minute=1)
    killed(way, timedelta(seconds=60))
    assert progress(way).stopped == 0


def test_while_it_is_held_or_the_server_is_away_no_worker_is_missed(
    way: Edition, culture_lead: User
) -> None:
    killed(way, timedelta(seconds=60))
    Relay.trip("connection refused")
    assert progress(way).stopped == 0
    Relay.objects.all().delete()
    way.pause(by=culture_lead, note="")
    way.refresh_from_db()
    assert progress(way).stopped == 0


def test_one_that_is_held_says_why_and_no_end(way: Edition, culture_lead: User) -> None:
    sent(way, 10)
    copies(way, 5)
    way.pause(by=None, note="Old.")
    way.resume(by=culture_lead)
    way.pause(by=None, note="535 5.7.8: who are you")
    way.refresh_from_db()
    figures = progress(way)
    assert figures.paused_at == way.paused_at
    assert (figures.paused_why, figures.ends_at) == ("535 5.7.8: who are you", None)


def test_an_open_breaker_says_why_and_no_end(way: Edition) -> None:
    sent(way, 10)
    copies(way, 5)
    Relay.trip("connection refused")
    figures = progress(way)
    assert figures.waits_until == Relay.current().open_until
    assert (figures.waits_why, figures.ends_at) == ("connection refused", None)


def test_a_reader_without_a_row_is_missing(edition: Edition) -> None:
    assert progress(edition).missing == 0
    edition.deliveries.first().delete()
    assert progress(edition).missing == 1


def test_an_edition_that_is_not_stored_yet_has_figures(company: Company) -> None:
    figures = progress(upcoming())
    assert (figures.total, figures.share, figures.is_over) == (0, 0, False)
    assert figures.missing is None


def test_the_figures_take_four_queries(
    way: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sent(way, 3)
    copies(way, 5)
    way.pause(by=None, note="Wait.")
    way.refresh_from_db()
    progress(way)
    with django_assert_max_num_queries(4):
        progress(way)
    Edition.objects.update(state=EditionState.SENDING, paused_at=None)
    way.refresh_from_db()
    with django_assert_max_num_queries(4):
        progress(way)
