"""What is said of a copy that a worker holds: whether that worker still runs, nobody can tell
before its lease is over."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.digests.models import Delivery
from stories.digests.timing import TIMING


def is_leased(copy: Delivery) -> bool:
    return copy.lease_until is not None and copy.lease_until > timezone.now()


def held(copy: Delivery) -> str:
    """Of one that is claimed, not begun, and leased."""
    return _(
        "A worker has their copy and sends it in its turn; if that worker has stopped, another "
        "one takes it about %(at)s."
    ) % {"at": _taken_back(copy)}


def leaving(copy: Delivery) -> str:
    """Of one that was handed over and not answered yet."""
    if not is_leased(copy):
        return _("Their copy was handed to the mail server, and no answer came.")
    return _(
        "Their copy is leaving at this moment; if no answer has come by about %(at)s, it counts as "
        "one of which nobody knows."
    ) % {"at": _taken_back(copy)}


def _taken_back(copy: Delivery) -> str:
    """When the tick has taken it from a worker that stopped, at the latest."""
    end = (copy.lease_until or timezone.now()) + TIMING.tick
    return date_format(timezone.localtime(end), "H:i")
