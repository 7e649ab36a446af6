"""Time zones as people choose them."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone named after a place, such as 'Europe/Berlin', and UTC, in order."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def validate_zone(name: str) -> None:
    """Raise ValidationError unless `name` is a time zone that this machine knows."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})
