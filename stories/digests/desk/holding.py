"""What every verb of the desk begins with."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from stories.digests.desk.errors import DeskError
from stories.digests.desk.planning import follow_schedule
from stories.digests.models import Edition, EditionState
from stories.models import Story


def hold(edition: Edition, *states: EditionState) -> None:
    """Lock the edition until the transaction ends, and read it anew, with the cutoff that the
    desk shows. Raises DeskError where it is in none of these states any more."""
    edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
    follow_schedule(edition)
    check_state(edition, *states)


def check_state(edition: Edition, *states: EditionState) -> None:
    """Raise DeskError where it is in none of these states any more."""
    if _state(edition) not in states:
        raise DeskError(_too_late(edition))


def hold_stories(keys: Iterable[int]) -> None:
    """Lock these stories too, so that none is hidden meanwhile. Raises DeskError where somebody is
    changing one: they may be waiting for the edition, so that to wait for them would never end."""
    wanted = set(keys)
    rows = Story.objects.filter(pk__in=wanted).select_for_update(skip_locked=True, no_key=True)
    if wanted - set(rows.values_list("pk", flat=True)):
        raise DeskError(_("Somebody is changing one of these stories. Try again in a moment."))


def _too_late(edition: Edition) -> str:
    said = {
        EditionState.PLANNED: _("This edition is not fixed yet."),
        EditionState.FROZEN: _("The stories of this edition are fixed already."),
        EditionState.SENDING: _("This edition is on its way already."),
        EditionState.SENT: _("This edition was sent already."),
        EditionState.ABORTED: _("This edition was given up."),
    }
    return said[_state(edition)]


def _state(edition: Edition) -> EditionState:
    """One that was sent at once is on its way, also while its copies are still to be made: what
    somebody agreed to is what leaves."""
    return EditionState.SENDING if edition.is_departing else EditionState(edition.state)
