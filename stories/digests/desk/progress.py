"""How far an edition has got, in figures."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Company, History
from stories.digests.clock import after
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState, Relay
from stories.digests.models.delivery_queryset import WAITING
from stories.digests.reasons import said
from stories.digests.timing import TIMING

LATELY = timedelta(minutes=1)
# A worker that begins no copy for so long, beside what the rate limit asks, has stopped. The
# longest wait for one reply of a mail server is shorter.
QUIET = TIMING.reply + timedelta(seconds=10)
NEVER = datetime.min.replace(tzinfo=UTC)
WAITS = Q(state__in=WAITING, next_attempt_at__isnull=False)
CLAIMED = Q(state=DeliveryState.SENDING)
LEFT = WAITS | CLAIMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`counts` has every state of a delivery, in the order in which the model names them; which
    copies each stands for, `standing` tells.

    `done` are the copies that will become nothing else by themselves, but for those that were
    cancelled, `share` is their part of `total` in whole per cent, 100 only when all are. `rate`
    is copies sent in the last minute. `ends_at` is when the last copy will leave, None while
    nobody can tell. `paused_at` is None while it is not held, `paused_why` what history says of
    it ("" for nothing). `waits_until` is when the mail server is tried again, None while it
    answers, `waits_why` what it said. `missing` is how many of those to get it at the cutoff
    have no row: it must be 0; None before all rows are there. `stopped` is how many copies wait
    for a worker that seems to have stopped, `goes_on_at` when another one takes them at the
    latest, None where there are none.
    """

    counts: dict[str, int]
    total: int
    done: int
    share: int
    rate: int
    ends_at: datetime | None
    paused_at: datetime | None
    paused_why: str
    waits_until: datetime | None
    waits_why: str
    missing: int | None
    stopped: int
    goes_on_at: datetime | None

    @property
    def is_over(self) -> bool:
        return 0 < self.total == self.done


def standing(state: str) -> Q:
    """Which copies the desk counts in that state. What a worker has claimed and not begun is still
    to be sent: it may never leave, and nobody has to look into it."""
    begun = Q(started_at__isnull=False)
    match state:
        case DeliveryState.SENDING:
            return CLAIMED & begun
        case DeliveryState.PENDING:
            return Q(state=DeliveryState.PENDING) | CLAIMED & ~begun
    return Q(state=state)


def progress(edition: Edition) -> Progress:
    """The figures of this moment, in at most four queries."""
    figures = _figures(edition)
    total = figures["total"]
    done = total - figures["left"] - figures[DeliveryState.CANCELLED]
    relay = Relay.objects.filter(pk=1).first() or Relay()
    is_moving = edition.state == EditionState.SENDING and not edition.paused_at
    is_moving = is_moving and not relay.is_open
    has_stopped = is_moving and _has_stopped(figures)
    return Progress(
        counts={state.value: figures[state.value] for state in DeliveryState},
        total=total,
        done=done,
        share=100 * done // total if total else 0,
        rate=figures["lately"],
        ends_at=_ends_at(figures) if is_moving and not has_stopped else None,
        paused_at=edition.paused_at,
        paused_why=_paused_why(edition),
        waits_until=relay.open_until,
        waits_why=relay.reason if relay.is_open else "",
        missing=None if edition.eligible is None else edition.eligible - total,
        stopped=figures["unbegun"] if has_stopped else 0,
        goes_on_at=figures["held_until"] + TIMING.tick if has_stopped else None,
    )


def _figures(edition: Edition) -> dict[str, Any]:
    """One row: a count for each state, `total`, `left` (not done), `due` (could leave now),
    `lately` (sent in the last minute), the first of these, the moment of the last attempt, and of
    the copies that workers hold and have not begun how many there are and until when."""
    lately = Q(state=DeliveryState.SENT, sent_at__gte=after(-LATELY))
    unbegun = CLAIMED & Q(started_at=None)
    is_due = CLAIMED | Q(WAITS, next_attempt_at__lte=Now())
    rows = Delivery.objects.filter(edition_id=edition.pk) if edition.pk else Delivery.objects.none()
    return rows.aggregate(
        total=Count("pk"),
        left=Count("pk", LEFT),
        due=Count("pk", is_due),
        lately=Count("pk", lately),
        first_lately=Min("sent_at", filter=lately),
        unbegun=Count("pk", unbegun),
        held_until=Max("lease_until", filter=unbegun),
        last_begun_at=Max("started_at"),
        last_attempt_at=Max("next_attempt_at", filter=WAITS),
        **{state.value: Count("pk", standing(state)) for state in DeliveryState},
    )


def _has_stopped(figures: dict[str, Any]) -> bool:
    """Whether copies are held, and for a while none was claimed or begun: their worker was killed,
    and nobody else may take them before its lease is over."""
    if not figures["unbegun"] or figures["held_until"] is None:
        return False
    last = max(figures["held_until"] - TIMING.lease, figures["last_begun_at"] or NEVER)
    patience = QUIET + (Company.current().digest_interval or timedelta())
    return bool(last < timezone.now() - patience)


def _ends_at(figures: dict[str, Any]) -> datetime | None:
    """The latest of: the last attempt that is planned, what is due at the speed of the last
    minute, and everything at the company's rate limit. None without a speed to reckon with."""
    now = timezone.now()
    if not figures["left"]:
        return None
    moments = [figures["last_attempt_at"] or now]
    if interval := Company.current().digest_interval:
        moments.append(now + figures["left"] * interval)
    if figures["lately"]:
        passed = min(LATELY, max(timedelta(seconds=1), now - figures["first_lately"]))
        moments.append(now + figures["due"] * (passed / figures["lately"]))
    elif figures["due"] and not interval:
        return None
    return max(now, *moments)


def _paused_why(edition: Edition) -> str:
    if not edition.paused_at:
        return ""
    row = History.objects.about(edition).filter(verb="pause").last()
    return said(row.note) if row else ""
