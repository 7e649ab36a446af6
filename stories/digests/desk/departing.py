"""Sending an edition at once, as the desk shows it."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Company, User
from accounts.models.company import QuietWeek
from kudos.lib.wake import wake_on_commit
from stories.digests.contents import Contents
from stories.digests.desk.errors import DeskError
from stories.digests.desk.freezing import fix
from stories.digests.desk.holding import check_state, hold
from stories.digests.desk.lineup import as_of_now, lineup
from stories.digests.desk.planning import upcoming
from stories.digests.models import Edition, EditionState
from stories.digests.readers import subscribed
from stories.digests.sending import make_due
from stories.digests.tasks import depart_edition
from stories.models import Story

AHEAD = (EditionState.PLANNED, EditionState.FROZEN)


@dataclass(frozen=True, slots=True)
class Departure:
    """What would leave at this moment: its stories in their order and its subject, to how many
    people, and when the last of them gets it, None where nothing slows it down. `agreed` is what
    whoever has seen this agrees to: it changes with whatever is told."""

    stories: list[Story]
    subject: str
    people: int
    ends_at: datetime | None
    agreed: str


def departure(edition: Edition) -> Departure:
    """Raises DeskError where nothing can leave: it was sent, is on its way or was given up, nobody
    would get it, another one comes first, or there is no story and the company then sends
    nothing."""
    check_state(edition, *AHEAD)
    _check_is_next(edition)
    draft = copy(edition)
    if edition.state == EditionState.PLANNED:
        # What it covers ends now, not at its hour.
        draft.cutoff_at = timezone.now()
    draft = as_of_now(draft)
    stories = [placed.story for placed in lineup(draft)]
    _check_tells(stories)
    people = _people()
    interval = Company.current().digest_interval
    return Departure(
        stories,
        Contents(draft, stories).subject(),
        people,
        timezone.now() + people * interval if interval else None,
        _agreement(edition.version, stories),
    )


@transaction.atomic
def send_now(edition: Edition, *, agreed: str, by: User) -> None:
    """Fix what `by` has seen and agreed to, and let every copy leave as soon as a worker, or else
    the next tick, has made it: there may be 100,000. One that is held goes on.

    Raises DeskError where it is neither planned nor fixed any more, has changed since it was seen,
    has nothing to tell, or cannot be rendered.
    """
    hold(edition, *AHEAD)
    _check_is_next(edition)
    _people()
    version = edition.version
    fix(edition, cutoff_at=timezone.now())
    stories = list(edition.told())
    _check_tells(stories)
    if agreed != _agreement(version, stories):
        raise DeskError(_("The edition has changed meanwhile. Here is how it is now."))
    make_due(edition, by=by)
    wake_on_commit(depart_edition, edition.pk)


def _check_tells(stories: list[Story]) -> None:
    """Raise DeskError where nothing leaves: there is no story, and the company then sends
    nothing."""
    if not stories and Company.current().quiet_week == QuietWeek.SKIP:
        raise DeskError(_("There is no story to tell yet."))


def _check_is_next(edition: Edition) -> None:
    """Raise DeskError where the desk shows another one: nobody is to get two on one day."""
    if upcoming().week_start != edition.week_start:
        raise DeskError(_("Another edition comes first."))


def _people() -> int:
    """How many get it. Raises DeskError where nobody does."""
    people = subscribed().count()
    if not people:
        raise DeskError(_("Nobody gets the digest for now."))
    return people


def _agreement(version: int, stories: Iterable[Story]) -> str:
    """The version counts what culture leads have changed and, once the stories are fixed, what has
    become of them; the suggestions of a planned edition change without it."""
    return " ".join([str(version), *(story.ref for story in stories)])
