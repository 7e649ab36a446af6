"""What another schedule would do to the edition that is being prepared."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Company
from stories.digests import readers
from stories.digests.desk.planning import upcoming
from stories.digests.models import Edition
from stories.digests.schedule import due_week, local_moment
from stories.digests.timing import TIMING


def outcome_of(company: Company) -> str:
    """What happens at once if the schedule becomes that of this company, which need not be
    stored: a sentence for whoever is about to save it; "" where the edition just waits for its
    hour, or where nothing changes."""
    now, today = timezone.now(), Company.current()
    leaving = _leaving(now, company)
    if leaving and leaving != _leaving(now, today):
        return _(
            "By this schedule the edition of the week of %(day)s should have left already: it "
            "leaves within a minute."
        ) % {"day": _day(leaving)}
    for week in _unsent_weeks():
        if _is_too_late(week, now, company) and not _is_too_late(week, now, today):
            return _(
                "By this schedule the edition of the week of %(day)s is more than two days late: "
                "nobody gets it, and the next one covers its stories."
            ) % {"day": _day(week)}
    return ""


def _leaving(at: datetime, company: Company) -> date | None:
    """The week whose edition the next tick lets go, by the schedule of this company."""
    week = due_week(at, readers.zones(company.time_zone), company)
    if week is None:
        return None
    stored = Edition.objects.filter(week_start=week.start)
    waits = Edition.objects.unsent().filter(paused_at=None, at_once=None)
    is_waiting = not stored.exists() or waits.filter(week_start=week.start).exists()
    return week.start if is_waiting else None


def _unsent_weeks() -> Iterator[date]:
    """The weeks that the desk prepares, also where their edition is not stored yet."""
    coming = upcoming()
    if not coming.pk:
        yield coming.week_start
    waits = Edition.objects.unsent().filter(at_once=None)
    yield from waits.order_by("week_start").values_list("week_start", flat=True)


def _is_too_late(week: date, at: datetime, company: Company) -> bool:
    """Whether the tick would give it up: even its last reader's copy would be too late."""
    zones = readers.zones(company.time_zone) or {company.time_zone}
    return at >= max(local_moment(week, company, zone) for zone in zones) + TIMING.late


def _day(week: date) -> str:
    return date_format(week, _("j F"))
