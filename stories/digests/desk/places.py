"""Where the hour of an edition comes first: its stories are fixed then."""

from datetime import time

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.models.company import Weekday
from stories.digests.desk.planning import Hours
from stories.digests.models import Edition, EditionState
from stories.digests.schedule import local_moment


def first_place(edition: Edition) -> str:
    """Whose clock the first copies go by, in a sentence; "" where the edition has left or is to
    leave at once, and where nobody gets it."""
    hours = Hours.of_today()
    is_waiting = edition.state in (EditionState.PLANNED, EditionState.FROZEN)
    if not hours.zones or not is_waiting or edition.at_once:
        return ""
    said = {
        "day": Weekday(hours.company.digest_weekday).label,
        "hour": time_format(time(hours.company.digest_hour), "H:i"),
        "zone": _first_of(edition, hours),
    }
    if len(hours.zones) == 1:
        return _("That is %(day)s %(hour)s in %(zone)s, where all its readers are.") % said
    text = _(
        "That is %(day)s %(hour)s in %(zone)s; people elsewhere get it at %(hour)s of their own "
        "time."
    )
    return text % said


def _first_of(edition: Edition, hours: Hours) -> str:
    """The company's own where it is as early as any other: that is where one looks for it."""

    def order(zone: str) -> tuple[object, ...]:
        moment = local_moment(edition.week_start, hours.company, zone)
        return moment, zone != hours.company.time_zone, zone

    return min(hours.zones, key=order)
