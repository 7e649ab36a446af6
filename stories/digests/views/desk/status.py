"""Where an edition stands: when it leaves, how far it has got, and what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Company
from accounts.models.company import QuietWeek
from stories.digests import readers
from stories.digests.archive import told
from stories.digests.desk.lineup import lineup
from stories.digests.desk.progress import Progress, progress
from stories.digests.desk.resending import Again, again, may_resend
from stories.digests.fanout import due_times
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.timing import TIMING

MOVING_SECONDS, WAITING_SECONDS = 2, 30
# So long after its hour a tick has moved an edition on, unless no worker runs.
TAKEN_UP = 2 * TIMING.tick
# From so long before its hour on, a page that is open looks by itself whether it has begun.
SOON = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Count:
    """How many copies are in a state."""

    state: str
    label: str | Promise
    copies: int


@dataclass(frozen=True, slots=True)
class Status:
    """An edition as the desk shows it at one moment. `first` and `last` are when its first and
    its last reader's hour comes; `again` is what may go again of what did not arrive; `readers`
    how many people will get it, None once everybody has a copy of their own; `has_stories` whether
    it tells any, None where that is to be looked up."""

    edition: Edition
    figures: Progress
    first: datetime
    last: datetime
    again: Again
    readers: int | None
    has_stories: bool | None
    company: Company
    moment: datetime

    @property
    def is_unfinished(self) -> bool:
        return self.edition.state not in (EditionState.SENT, EditionState.ABORTED)

    @property
    def is_ahead(self) -> bool:
        """Whether its hour is still to come, or it is held past it: no copy can have left."""
        return self.edition.state in (EditionState.PLANNED, EditionState.FROZEN)

    @property
    def is_departing(self) -> bool:
        """Whether it was sent at once, and its copies are being made."""
        return self.edition.is_departing and not self.is_held

    @property
    def is_left_lying(self) -> bool:
        """Whether its hour came, and no worker has taken it up since."""
        return self.is_ahead and not self.is_held and self.first + TAKEN_UP < self.moment

    @property
    def is_quiet(self) -> bool:
        """Whether nobody gets it as it stands: there is no story, and the company then sends
        nothing."""
        return self.company.quiet_week == QuietWeek.SKIP and self._is_empty()

    @property
    def is_invitation(self) -> bool:
        """Whether it only invites its readers to tell a story, as it stands: there is none."""
        return self.company.quiet_week != QuietWeek.SKIP and self._is_empty()

    def _is_empty(self) -> bool:
        if not self.is_ahead:
            return False
        return not (lineup(self.edition) if self.has_stories is None else self.has_stories)

    @property
    def hour(self) -> str:
        """When each reader gets it, by their own clock."""
        return time_format(time(self.company.digest_hour), "H:i")

    @property
    def is_held(self) -> bool:
        return self.is_unfinished and self.figures.paused_at is not None

    @property
    def is_waiting_for_server(self) -> bool:
        return self.edition.state == EditionState.SENDING and self.figures.waits_until is not None

    @property
    def counts(self) -> Iterator[Count]:
        """The states that any copy is in."""
        for state, copies in self.figures.counts.items():
            if copies:
                yield Count(state, DeliveryState(state).label, copies)

    @property
    def failed(self) -> int:
        return self.figures.counts[DeliveryState.FAILED]

    @property
    def uncertain(self) -> int:
        return self.figures.counts[DeliveryState.UNCERTAIN]

    @property
    def leaving(self) -> int:
        """Copies that were handed over and of which no answer has come yet."""
        return self.figures.counts[DeliveryState.SENDING]

    @property
    def sent(self) -> int:
        return self.figures.counts[DeliveryState.SENT]

    @property
    def is_received(self) -> bool:
        """Whether somebody has it, may have it or is getting it: its stories are not told again."""
        return Delivery.objects.received().filter(edition_id=self.edition.pk).exists()

    @property
    def unarrived(self) -> int:
        """Copies that somebody may want to send again."""
        return self.failed + self.uncertain

    @property
    def headline(self) -> str:
        """What a culture lead wants to know first."""
        if self.is_held:
            return _("Paused")
        if self.is_waiting_for_server:
            return _("Waiting for the mail server")
        if self.edition.is_sent and self.unarrived:
            text = ngettext("Sent, but for %d copy", "Sent, but for %d copies", self.unarrived)
            return text % self.unarrived
        return in_words(self.edition)

    @property
    def tone(self) -> str:
        """Which colour it stands in."""
        if self.is_held or self.is_waiting_for_server or self.is_left_lying:
            return "warning"
        if not self.edition.is_sent:
            return "plain"
        return "warning" if self.unarrived else "success"

    @property
    def is_readable(self) -> bool:
        """Whether the archive has it."""
        return told().filter(pk=self.edition.pk).exists()

    @property
    def said(self) -> str:
        """What a screen reader hears when the status has changed."""
        if not self.figures.total:
            return self.headline
        return _("%(headline)s: %(share)s %% of all copies are done") % {
            "headline": self.headline,
            "share": self.figures.share,
        }

    @property
    def seen(self) -> str:
        """Changes with whatever is worth telling a reader of: the state, what holds it, and each
        quarter of the way."""
        flags = f"{self.is_held:d}{self.is_waiting_for_server:d}{self.is_left_lying:d}"
        return f"{self.edition.state}-{flags}-{self.figures.share // 25}"

    @property
    def poll_seconds(self) -> int | None:
        """How often an open page looks again; None where nothing will change by itself."""
        if not self.is_unfinished:
            return MOVING_SECONDS if self.leaving else None
        if self.first > self.moment + SOON:
            return None
        has_come = self.first <= self.moment or self.edition.state == EditionState.SENDING
        return MOVING_SECONDS if has_come else WAITING_SECONDS


def in_words(edition: Edition) -> str:
    """Its state, as all pages of the desk name it."""
    if edition.is_departing:
        return _("About to leave")
    more_said = {
        EditionState.PLANNED: _("Being prepared"),
        EditionState.FROZEN: _("Its stories are fixed"),
    }
    state = EditionState(edition.state)
    return more_said.get(state) or str(state.label)


def status_of(edition: Edition, *, has_stories: bool | None = None) -> Status:
    """Whoever knows whether it tells any story says so: to choose them anew takes a while."""
    company = Company.current()
    due_at = due_times(edition, company)
    moments = [due_at(zone) for zone in readers.zones(company.time_zone) or {company.time_zone}]
    is_ahead = edition.state in (EditionState.PLANNED, EditionState.FROZEN)
    figures = progress(edition)
    return Status(
        edition,
        figures,
        first=min(moments),
        last=max(moments),
        again=_again(edition, figures),
        readers=readers.subscribed().count() if is_ahead else None,
        has_stories=has_stories,
        company=company,
        moment=timezone.now(),
    )


def _again(edition: Edition, figures: Progress) -> Again:
    """Asked for only where something did not arrive."""
    is_any = figures.counts[DeliveryState.FAILED] or figures.counts[DeliveryState.UNCERTAIN]
    return again(edition) if is_any and may_resend(edition) else Again()
