"""How a time zone is chosen: the same list wherever there is one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Company, User
from accounts.models.zones import zone_names
from kudos.lib.select import KeepingSelect

# What the time zone data calls regions; all other names in it are second names of these places.
REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}
MOST_USED = 5

type Choice = tuple[str, Any]
type Group = tuple[Any, list[Choice]]


class ZoneField(forms.ChoiceField):
    """A native list, which is searched by typing: where the company and most of its people are
    comes first, then every place under its region. Where it may be left empty, that is the
    company's zone.

    It takes whatever name the time zone data has: one that was imported need not be on the list.
    """

    widget = KeepingSelect

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        # Passed on by the model's field, which is of text; a list needs none of them.
        for name in ("max_length", "empty_value", "strip"):
            kwargs.pop(name, None)
        super().__init__(required=required, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> ZoneField:
        """Each form looks once who is where."""
        copied: ZoneField = super().__deepcopy__(memo)
        copied.choices = cache(copied.listed)
        return copied

    def listed(self) -> list[Choice | Group]:
        company, *others = used_here()
        own = _("The company’s time zone: %(place)s") % {"place": place_of(company)}
        return [
            *([] if self.required else [("", own)]),
            (_("Where colleagues are"), [(zone, place_of(zone)) for zone in (company, *others)]),
            *by_region(),
            ("UTC", "UTC"),
        ]

    def valid_value(self, value: Any) -> bool:
        return value in available_timezones()


def used_here() -> list[str]:
    """The company's zone, then up to five others in which most people are."""
    company = Company.current().time_zone
    chosen = User.objects.filter(is_active=True).exclude(time_zone__in=["", company])
    zones = chosen.order_by().values_list("time_zone", flat=True).annotate(people=Count("pk"))
    return [company, *zones.order_by("-people", "time_zone")[:MOST_USED]]


def by_region() -> Iterator[Group]:
    """Every place: (_("Europe"), [("Europe/Amsterdam", "Amsterdam"), …])."""
    for region, names in groupby(zone_names(), key=lambda name: name.partition("/")[0]):
        if region in REGIONS:
            places = sorted((place_of(name), name) for name in names)
            yield REGIONS[region], [(name, place) for place, name in places]


def place_of(zone: str) -> str:
    """ "Berlin"; "Louisville, Kentucky"."""
    places = zone.partition("/")[2] or zone
    return ", ".join(reversed(places.replace("_", " ").split("/")))
