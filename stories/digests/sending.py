"""Sending an edition by hand, ahead of its hour: this week's, or the one that the desk shows."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Company, History, User
from stories.digests.fanout import fan_out
from stories.digests.freeze import freeze
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.schedule import week_start
from stories.digests.tasks import ring


class NothingToSendError(Exception):
    """Why this week's edition cannot be sent now, as a sentence for the person who asked."""


def send_now() -> Edition:
    """Make this week's edition and let every copy leave at once; one that is held goes on.

    Raises NothingToSendError where it was sent already, is on its way, or has nothing to tell.
    """
    edition = _this_week()
    # What was given up is planned anew, and that is committed before the freeze locks its
    # stories: somebody who hides one of them waits for no planned edition.
    with transaction.atomic():
        _hold(edition)
        _send_at_once(edition)
    if edition.state == EditionState.ABORTED:
        raise NothingToSendError(
            "There is no new story to tell, and the company sends nothing in a quiet week."
        )
    return edition


def _send_at_once(edition: Edition) -> None:
    """Let every copy of this edition leave now; one that is held goes on. Where it has nothing to
    tell it is given up, if the company sends nothing then.

    The caller has locked its row, in a transaction. Raises UnrenderableError.
    """
    make_due(edition, by=None)
    freeze(edition, cutoff_at=edition.at_once)
    if edition.state != EditionState.ABORTED:
        _hasten(edition)
        fan_out(edition)
        ring(edition.pk, edition.deliveries.count())


def make_due(edition: Edition, *, by: User | None) -> None:
    """Let every copy that is made from now on leave at once; one that is held goes on. The caller
    has locked its row, in a transaction."""
    edition.at_once = timezone.now()
    edition.is_vetted |= edition.paused_at is not None
    edition.paused_at = None
    edition.save()
    History.objects.record("send now", edition, actor=by)


@transaction.atomic
def _this_week() -> Edition:
    """This week's edition, made where there is none. A quiet week is looked at again."""
    now = timezone.now()
    start = week_start(now, Company.current().time_zone)
    edition, _made = Edition.objects.get_or_create(week_start=start, defaults={"cutoff_at": now})
    _hold(edition)
    if edition.state == EditionState.ABORTED:
        edition.state = EditionState.PLANNED
        edition.cutoff_at = now
        # A worker may still hold what all copies of the old version share.
        edition.version += 1
        edition.save()
        # Rows of copies that never left would keep their people from getting new ones.
        received = edition.deliveries.received()
        edition.deliveries.exclude(pk__in=received.values("pk")).delete()
    return edition


def _hold(edition: Edition) -> None:
    """Lock it and read it anew. Raises NothingToSendError where there is nothing to do."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    if edition.is_sent:
        raise NothingToSendError(
            f"The edition of {edition} was sent already. The next one leaves at its own hour."
        )
    is_moving = edition.state == EditionState.SENDING and edition.paused_at is None
    if is_moving and not _ahead(edition).exists():
        raise NothingToSendError(f"The edition of {edition} is on its way already.")


def _ahead(edition: Edition) -> QuerySet[Delivery]:
    """Copies that wait for their reader's own hour."""
    return edition.deliveries.filter(state=DeliveryState.PENDING, due_at__gt=timezone.now())


def _hasten(edition: Edition) -> None:
    _ahead(edition).update(due_at=edition.at_once, next_attempt_at=edition.at_once)
