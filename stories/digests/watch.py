"""What watches the digest: whether the ticker goes round, and its figures for Prometheus."""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from kudos.lib.health import plain
from kudos.lib.outbox import OPEN
from stories.digests.clock import after
from stories.digests.models import (
    Delivery,
    DeliveryState,
    DeskMail,
    Edition,
    Heartbeat,
    Relay,
    Suppression,
)

SILENCE = timedelta(minutes=5)
PREFIX = "kudos_digest"


@never_cache
@login_not_required
@require_safe
def beat(request: HttpRequest) -> HttpResponse:
    """200 while the ticker goes round; 503 once it has not for five minutes, or never did."""
    try:
        is_alive = Heartbeat.objects.filter(at__gte=after(-SILENCE)).exists()
    except Error:
        return plain("The database does not answer.", HTTPStatus.SERVICE_UNAVAILABLE)
    if is_alive:
        return plain("ok")
    return plain("The ticker has not run for five minutes.", HTTPStatus.SERVICE_UNAVAILABLE)


@never_cache
@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for whoever shows METRICS_TOKEN as a bearer token; without one set, no page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    shown = request.headers.get("Authorization", "")
    if not constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}"):
        response = plain("Show the token.", HTTPStatus.UNAUTHORIZED)
        response["WWW-Authenticate"] = "Bearer"
        return response
    registry = CollectorRegistry()
    registry.register(DigestCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class DigestCollector(Collector):
    """Reads the database anew for each scrape, so that every web process tells the same.

    Seven queries, whatever there is: copies are counted of unfinished editions and the newest
    alone.
    """

    def collect(self) -> Iterator[Metric]:
        editions = list(_watched())
        yield from _copies(editions)
        yield _gauge("oldest_due_seconds", "How long the oldest due copy waits.", _oldest(editions))
        relay = Relay.objects.filter(pk=1).first()
        is_open = relay is not None and relay.is_open
        yield _gauge("breaker_open", "1 while the breaker keeps all copies back.", is_open)
        yield _gauge("heartbeat_age_seconds", "Since the ticker last went round.", _heartbeat_age())
        suppressed = Suppression.objects.count()
        yield _gauge("suppressed_addresses", "Addresses that nothing is sent to.", suppressed)
        owed = DeskMail.objects.filter(state__in=OPEN).count()
        yield _gauge("desk_mails_open", "Mails that the desk still owes.", owed)


def _watched() -> QuerySet[Edition]:
    newest = Edition.objects.order_by("-week_start").values("pk")[:1]
    return Edition.objects.filter(Q(pk__in=Edition.objects.unfinished()) | Q(pk__in=newest))


def _copies(editions: list[Edition]) -> Iterator[Metric]:
    """The copies by state, those of none included, and how many the ledger lacks."""
    rows = Delivery.objects.filter(edition__in=editions).order_by().values("edition", "state")
    counts = {
        (row["edition"], row["state"]): row["count"] for row in rows.annotate(count=Count("pk"))
    }
    by_state = GaugeMetricFamily(
        f"{PREFIX}_deliveries", "Copies of an edition by state.", labels=["edition", "state"]
    )
    missing = GaugeMetricFamily(
        f"{PREFIX}_missing_deliveries",
        "People eligible at the cutoff without a row in the ledger: always 0.",
        labels=["edition"],
    )
    for edition in editions:
        week = edition.week_start.isoformat()
        of_edition = {state: counts.get((edition.pk, state), 0) for state in DeliveryState.values}
        for state, count in of_edition.items():
            by_state.add_metric([week, state], count)
        # Nobody was counted yet where nothing was fanned out.
        if edition.eligible is not None:
            missing.add_metric([week], edition.eligible - sum(of_edition.values()))
    yield by_state
    yield missing


def _oldest(editions: list[Edition]) -> float:
    """Seconds since the oldest copy that is not settled was due; 0 where none is."""
    due = Delivery.objects.unsettled().filter(edition__in=editions, due_at__lte=Now())
    oldest = due.annotate(now=Now()).order_by("due_at").values("due_at", "now").first()
    return (oldest["now"] - oldest["due_at"]).total_seconds() if oldest else 0


def _heartbeat_age() -> float:
    """Seconds; infinite where the ticker never ran, so that any limit is exceeded."""
    last = Heartbeat.objects.annotate(now=Now()).values("at", "now").first()
    return (last["now"] - last["at"]).total_seconds() if last else float("inf")


def _gauge(name: str, documentation: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", documentation, value=float(value))
