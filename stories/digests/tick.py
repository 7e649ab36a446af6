"""The minute's round of the digest: whatever is due and whatever nobody was woken for."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Company
from kudos.lib.wake import wake_on_commit
from stories.digests import readers, schedule
from stories.digests.db.lock import only_ticker
from stories.digests.drain import finish
from stories.digests.fanout import due_times, fan_out
from stories.digests.freeze import freeze
from stories.digests.models import (
    Delivery,
    DeliveryState,
    DeskMail,
    DeskMailKind,
    Edition,
    EditionState,
    Heartbeat,
    Pick,
)
from stories.digests.reasons import TOO_LATE
from stories.digests.rendering import UnrenderableError
from stories.digests.tasks import ring, send_desk_mails
from stories.digests.timing import TIMING

logger = logging.getLogger(__name__)


def tick(*, at: datetime | None = None) -> None:
    """Make the edition that is due at `at` (now), and move every unfinished one on.

    A second ticker at the same time does nothing; running it twice changes nothing.
    """
    with only_ticker() as alone:
        if not alone:
            return
        now = at or timezone.now()
        # Before a new edition is made: it covers what the ones before did not bring to anybody.
        let_go(now)
        tidy()
        plan(now)
        for edition in Edition.objects.unfinished().filter(paused_at=None):
            move_on(edition, now)
        tidy()
        wake_workers()
        Heartbeat.beat()


@transaction.atomic
def let_go(at: datetime) -> None:
    """Give up what lay about for so long that even its last reader's copy would be too late."""
    for edition in Edition.objects.unsent().select_for_update():
        if at >= last_moment(edition) + TIMING.late:
            edition.abort(by=None, note=TOO_LATE)
            edition.desk_mails.tell_leads(edition, TOO_LATE, DeskMailKind.GIVEN_UP)


def plan(at: datetime) -> Edition | None:
    """The edition that is due at `at`, made where there is none: once, also after an outage."""
    company = Company.current()
    week = schedule.due_week(at, readers.zones(company.time_zone), company)
    if week is None:
        return None
    edition, _made = Edition.objects.get_or_create(
        week_start=week.start, defaults={"cutoff_at": week.cutoff_at}
    )
    # The desk may have made it long before; the hour is the one that the company wants today.
    Edition.objects.planned().filter(pk=edition.pk).update(cutoff_at=week.cutoff_at)
    return edition


def move_on(edition: Edition, at: datetime) -> None:
    """Freeze and fan out an edition whose hour has come; hold one that cannot be rendered."""
    if at < first_moment(edition):
        return
    try:
        freeze(edition)
        fan_out(edition)
    except UnrenderableError as error:
        logger.exception("The digest cannot be rendered; it is paused.")
        edition.pause(by=None, note=str(error))
    except Exception:
        # The others, and the copies on their way, must not wait for it.
        logger.exception("The edition of %s cannot be moved on.", edition)


def first_moment(edition: Edition) -> datetime:
    """When the first of its readers gets it."""
    company = Company.current()
    return min(map(due_times(edition, company), reader_zones(company)))


def last_moment(edition: Edition) -> datetime:
    company = Company.current()
    return max(map(due_times(edition, company), reader_zones(company)))


def reader_zones(company: Company) -> set[str]:
    return readers.zones(company.time_zone) or {company.time_zone}


def tidy() -> None:
    """Take back what dead workers held, let go what is too late, close what is done."""
    Delivery.objects.reap()
    open_copies = Delivery.objects.unsettled().filter(edition=OuterRef("pk"))
    is_open = Q(state=EditionState.SENDING) | Q(Exists(open_copies), state=EditionState.ABORTED)
    for edition in Edition.objects.filter(is_open):
        settle(edition)
    release_picks()


@transaction.atomic
def settle(edition: Edition) -> None:
    """Let go what is too late, or was put back after its edition was given up. The edition's row
    is held, so that nobody opens it again meanwhile."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.state == EditionState.ABORTED:
        edition.deliveries.cancel()
    elif edition.state == EditionState.SENDING:
        edition.deliveries.expire()
        finish(edition)


def release_picks() -> None:
    """Stories of editions that were given up may be told by the next one, once it is certain that
    nobody has read them: no copy is in flight any more."""
    of_edition = Delivery.objects.filter(edition=OuterRef("edition_id"))
    in_flight = of_edition.filter(state=DeliveryState.SENDING)
    given_up = Pick.objects.filter(edition__state=EditionState.ABORTED)
    given_up.filter(~Exists(of_edition.received()), ~Exists(in_flight)).delete()


def wake_workers() -> None:
    """Ring for as many workers as the due copies keep busy, less those at work already, and for
    one where the desk owes a mail."""
    running = Edition.objects.running().values("pk")
    due = Delivery.objects.due().filter(edition__in=running).order_by()
    for row in due.values("edition").annotate(count=Count("pk")):
        ring(row["edition"], row["count"], at_work(row["edition"]))
    if DeskMail.objects.due().exists():
        wake_on_commit(send_desk_mails)


def at_work(edition_id: int) -> int:
    """How many workers hold copies of the edition right now: each has one claim at a time."""
    held = Delivery.objects.filter(
        edition=edition_id, state=DeliveryState.SENDING, lease_until__gt=Now()
    )
    return held.order_by().values("claim").distinct().count()
