"""Sending again what did not arrive, or of which nobody knows."""

from typing import Literal, NamedTuple

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext as _

from accounts.models import History, User
from stories.digests.desk.errors import DeskError
from stories.digests.desk.holding import hold
from stories.digests.desk.verbs import DeskVerb
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState, Suppression
from stories.digests.models.delivery_queryset import DeliveryQuerySet
from stories.digests.readers import subscribed
from stories.digests.tasks import ring

type Which = Literal["failed", "uncertain"]

# Nothing is sent to the address that the person has today.
SUPPRESSED = Exists(Suppression.objects.filter(address=Lower(OuterRef("person__email"))))
STATES = {
    "failed": (DeliveryState.FAILED, DeskVerb.RESEND_FAILED),
    "uncertain": (DeliveryState.UNCERTAIN, DeskVerb.RESEND_UNCERTAIN),
}


class Kept(NamedTuple):
    """So many copies in one state that cannot go again: `is_suppressed` where nothing is sent to
    their address, else because whoever they are for has left or gets no digest."""

    state: str
    copies: int
    is_suppressed: bool


class Again(NamedTuple):
    """How many of the copies that have ended could go again, by state, and the others."""

    failed: int = 0
    uncertain: int = 0
    kept: tuple[Kept, ...] = ()


def again(edition: Edition) -> Again:
    """In one query. Nothing can where the edition is not the newest: see `may_resend`."""
    ended = edition.deliveries.filter(
        state__in=[state for state, _verb in STATES.values()], next_attempt_at=None
    )
    rows = ended.annotate(is_suppressed=SUPPRESSED, gets_it=Q(person__in=subscribed())).order_by()
    groups = list(rows.values_list("state", "gets_it", "is_suppressed").annotate(Count("pk")))
    goes = {state: copies for state, gets_it, held, copies in groups if gets_it and not held}
    kept = dict[tuple[str, bool], int]()
    for state, gets_it, held, copies in groups:
        if held or not gets_it:
            reason = state, gets_it
            kept[reason] = kept.get(reason, 0) + copies
    return Again(
        goes.get(DeliveryState.FAILED, 0),
        goes.get(DeliveryState.UNCERTAIN, 0),
        tuple(Kept(state, copies, why) for (state, why), copies in sorted(kept.items())),
    )


def may_resend(edition: Edition) -> bool:
    """Only the newest edition that went out: an older one is no news any more."""
    if edition.state not in (EditionState.SENDING, EditionState.SENT):
        return False
    newest = Edition.objects.sent().order_by("-week_start").first()
    return newest is not None and newest.pk == edition.pk


@transaction.atomic
def resend(edition: Edition, which: Which, *, by: User) -> int:
    """Let all copies that failed, or of which nobody knows, leave again now; returns how many.

    Left out are people who have left or unsubscribed, and addresses without a mailbox. A copy in
    doubt goes identical. Raises DeskError for any edition but the newest.
    """
    _hold_newest(edition)
    state, verb = STATES[which]
    copies = _again(edition, edition.deliveries.filter(state=state, next_attempt_at=None))
    if copies:
        History.objects.record(verb, edition, actor=by, after={"copies": copies})
    return copies


@transaction.atomic
def resend_to(delivery: Delivery, *, by: User) -> None:
    """Let one person's copy leave again now, whatever it ended as.

    Raises DeskError for any edition but the newest, a copy that arrived or is still to leave,
    people who have left or unsubscribed, and addresses without a mailbox.
    """
    edition, person = delivery.edition, delivery.person
    _hold_newest(edition)
    delivery.refresh_from_db(from_queryset=Delivery.objects.select_for_update())
    name = {"name": person.name}
    if delivery.state == DeliveryState.SENT:
        raise DeskError(_("The mail server took the copy for %(name)s already.") % name)
    if Delivery.objects.unsettled().filter(pk=delivery.pk).exists():
        raise DeskError(_("The copy for %(name)s is still to leave.") % name)
    if not _again(edition, Delivery.objects.filter(pk=delivery.pk)):
        raise DeskError(
            _("%(name)s gets no digest for now: look at why, and change that first.") % name
        )
    # The row begins anew: what became of the attempt before is told by history alone.
    ended = {
        "state": delivery.state,
        "code": delivery.code,
        "error": delivery.error,
        "at": delivery.started_at and delivery.started_at.isoformat(),
    }
    after = {"person": person.ref}
    History.objects.record(DeskVerb.RESEND_TO, edition, actor=by, before=ended, after=after)


def _hold_newest(edition: Edition) -> None:
    hold(edition, EditionState.SENDING, EditionState.SENT)
    if not may_resend(edition):
        raise DeskError(_("Only the newest edition can be sent again."))


def _again(edition: Edition, ended: DeliveryQuerySet) -> int:
    """Let those of these copies leave that may, and the edition with them; returns how many. The
    hour of each is now, or it would be too late in the moment in which it is due."""
    may_leave = ended.filter(~SUPPRESSED, person__in=subscribed())
    # By key: an UPDATE joins no other table.
    rows = Delivery.objects.filter(pk__in=may_leave.values("pk"))
    rows.filter(state=DeliveryState.UNCERTAIN).update(resends=F("resends") + 1)
    copies = rows.update(
        state=DeliveryState.PENDING,
        attempts=0,
        due_at=Now(),
        next_attempt_at=Now(),
        started_at=None,
        code="",
        error="",
    )
    if copies:
        _reopen(edition)
        ring(edition.pk, copies)
    return copies


def _reopen(edition: Edition) -> None:
    """Let copies leave again. What was edited since the last one left is another version: copies
    of one version are identical."""
    edition.state = EditionState.SENDING
    edition.save(update_fields=["state"])
    if not edition.renderings.exists():
        edition.outdate()
