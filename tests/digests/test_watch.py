"""What watches the digest: the ticker's heartbeat, and the figures for Prometheus."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models import F
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from stories.digests.drain import drain
from stories.digests.models import (
    Delivery,
    DeliveryState,
    DeskMail,
    Edition,
    Heartbeat,
    Relay,
    Suppression,
)
from stories.digests.tick import tick

TOKEN = "a token of thirty-two characters"

pytestmark = pytest.mark.django_db


def heartbeat(ago: timedelta) -> None:
    Heartbeat.objects.create(pk=1, at=timezone.now() - ago)


def test_a_ticker_that_goes_round_is_well(client: Client, company: object) -> None:
    tick()
    response = client.get("/health/beat")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_a_ticker_that_has_not_run_for_five_minutes_is_ill(client: Client) -> None:
    heartbeat(ago=timedelta(minutes=5, seconds=5))
    response = client.get("/health/beat")
    assert (response.status_code, response.text) == (
        503,
        "The ticker has not run for five minutes.\n",
    )


def test_a_ticker_that_ran_less_than_five_minutes_ago_is_well(client: Client) -> None:
    heartbeat(ago=timedelta(minutes=4, seconds=50))
    assert client.get("/health/beat").status_code == 200


def test_a_ticker_that_never_ran_is_ill(client: Client) -> None:
    assert client.get("/health/beat").status_code == 503


def test_a_ticker_that_is_down_does_not_take_the_web_down(client: Client) -> None:
    assert client.get("/health/beat").status_code == 503
    assert client.get("/health/ready").status_code == 200


def test_a_database_that_is_down_gets_a_sentence(client: Client) -> None:
    def is_down(*words: Any) -> None:
        raise OperationalError("postgres://kudos:s3cret@db")

    with connection.execute_wrapper(is_down):
        response = client.get("/health/beat")
    assert (response.status_code, response.text) == (503, "The database does not answer.\n")


@pytest.fixture
def token(settings: Any) -> str:
    settings.METRICS_TOKEN = TOKEN
    return TOKEN


type Figures = dict[tuple[str, ...], float]


def figures(client: Client) -> Figures:
    """Every figure by its name, without `kudos_digest_`, and the values of its labels."""
    response = client.get("/health/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=")
    return {
        (sample.name.removeprefix("kudos_digest_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def test_without_a_token_set_there_are_no_figures(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    for shown in ("Bearer ", "Bearer", ""):
        answer = client.get("/health/metrics", headers={"Authorization": shown})
        assert answer.status_code == 404


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN} ", "Bearer ü"]
)
def test_without_showing_it_nobody_sees_them(client: Client, token: str, shown: str) -> None:
    response = client.get("/health/metrics", headers={"Authorization": shown})
    assert (response.status_code, response.text) == (401, "Show the token.\n")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_culture_lead_without_the_token_does_not_see_them(
    as_culture_lead: Client, token: str
) -> None:
    assert as_culture_lead.get("/health/metrics").status_code == 401


def test_an_empty_house_has_figures_too(client: Client, token: str) -> None:
    assert figures(client) == {
        ("oldest_due_seconds",): 0,
        ("breaker_open",): 0,
        ("heartbeat_age_seconds",): float("inf"),
        ("suppressed_addresses",): 0,
        ("desk_mails_open",): 0,
    }


def test_copies_are_counted_by_state(client: Client, token: str, edition: Edition) -> None:
    edition.deliveries.filter(person__name="Sam Stone").update(state="failed", next_attempt_at=None)
    counts = {
        state: count
        for (name, *labels), count in figures(client).items()
        if name == "deliveries"
        for state in labels[1:]
    }
    others = dict.fromkeys(DeliveryState.values, 0.0)
    assert counts == others | {"pending": 3, "failed": 1}


def test_nobody_eligible_is_missing_from_the_ledger(
    client: Client, token: str, edition: Edition
) -> None:
    assert figures(client)["missing_deliveries", str(edition)] == 0


def test_a_row_that_the_ledger_lacks_is_seen(client: Client, token: str, edition: Edition) -> None:
    edition.deliveries.all()[0].delete()
    assert figures(client)["missing_deliveries", str(edition)] == 1


def test_an_edition_that_was_not_fanned_out_misses_nobody_yet(client: Client, token: str) -> None:
    planned = Edition.objects.create(week_start=date(2030, 1, 7), cutoff_at=timezone.now())
    assert ("missing_deliveries", str(planned)) not in figures(client)


def test_the_oldest_due_copy_is_as_old_as_its_hour(
    client: Client, token: str, edition: Edition
) -> None:
    oldest = edition.deliveries.all()[0]
    Delivery.objects.filter(pk=oldest.pk).update(due_at=F("due_at") - timedelta(hours=2))
    assert 7200 <= figures(client)[("oldest_due_seconds",)] < 7300


def test_a_copy_that_waits_for_its_hour_is_not_due(
    client: Client, token: str, edition: Edition
) -> None:
    edition.deliveries.update(due_at=timezone.now() + timedelta(hours=1))
    assert figures(client)[("oldest_due_seconds",)] == 0


def test_what_is_settled_is_not_due(
    client: Client, token: str, edition: Edition, folder: Path
) -> None:
    edition.deliveries.update(due_at=timezone.now() - timedelta(hours=1))
    drain(edition)
    assert figures(client)[("oldest_due_seconds",)] == 0


def test_an_open_breaker_is_seen(client: Client, token: str) -> None:
    Relay.trip("421")
    assert figures(client)[("breaker_open",)] == 1


def test_the_heartbeats_age_is_in_seconds(client: Client, token: str) -> None:
    heartbeat(ago=timedelta(minutes=3))
    assert 180 <= figures(client)[("heartbeat_age_seconds",)] < 200


def test_suppressed_addresses_and_owed_mails_are_counted(
    client: Client, token: str, edition: Edition, culture_lead: User
) -> None:
    Suppression.objects.suppress("sam@company.example", "5.1.1")
    DeskMail.objects.create(kind="test", edition=edition, person=culture_lead)
    DeskMail.objects.create(kind="test", edition=edition, person=culture_lead, state="sent")
    seen = figures(client)
    assert (seen[("suppressed_addresses",)], seen[("desk_mails_open",)]) == (1, 1)


def test_old_editions_are_not_counted_any_more(
    client: Client, token: str, edition: Edition
) -> None:
    Edition.objects.filter(pk=edition.pk).update(state="sent")
    newest = Edition.objects.create(week_start=date(2030, 1, 7), cutoff_at=timezone.now())
    weeks = {labels[0] for (name, *labels) in figures(client) if name == "deliveries"}
    assert weeks == {str(newest)}


def test_the_figures_cost_seven_queries_whatever_there_is(
    client: Client,
    token: str,
    edition: Edition,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for month in range(1, 4):
        Edition.objects.create(week_start=f"2030-{month:02}-07", cutoff_at=timezone.now())
    with django_assert_num_queries(7):
        figures(client)
