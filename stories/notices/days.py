"""Periods of the company's days, and how they are said to somebody elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """From the first to the last, both included."""

    first: date
    last: date

    def in_words(self, company: ZoneInfo, reader: ZoneInfo) -> tuple[str, str]:
        """When they begin and when they end, by the reader's clock: where it shows another hour
        than the company's, midnight there is some hour here."""
        try:
            bounds = [
                datetime.combine(day, time(), company) for day in (self.first, self.last + DAY)
            ]
            start, end = (bound.astimezone(reader) for bound in bounds)
        except OverflowError:  # beyond the calendar
            return self._as_days()
        if [start.utcoffset(), end.utcoffset()] == [bound.utcoffset() for bound in bounds]:
            return self._as_days()
        return date_format(start, "DATETIME_FORMAT"), date_format(end, "DATETIME_FORMAT")

    def _as_days(self) -> tuple[str, str]:
        return date_format(self.first, "DATE_FORMAT"), date_format(self.last, "DATE_FORMAT")


def joined(periods: Iterable[Days]) -> list[Days]:
    """The same days in as few periods as they make, the earliest first."""
    found: list[Days] = []
    for days in sorted(periods):
        if found and days.first - found[-1].last <= DAY:
            found[-1] = Days(found[-1].first, max(found[-1].last, days.last))
        else:
            found.append(days)
    return found


def still_to_come(periods: Iterable[Days], today: date) -> list[Days]:
    """What is left of them from today on."""
    return joined(Days(max(days.first, today), days.last) for days in periods if days.last >= today)


def all_in_words(periods: Iterable[Days], company: ZoneInfo, reader: ZoneInfo) -> str:
    """As it goes on after "you stand in"."""
    said = (days.in_words(company, reader) for days in periods)
    return get_text_list(
        [
            _("on %(day)s") % {"day": first}
            if first == last
            else _("from %(first)s until %(last)s") % {"first": first, "last": last}
            for first, last in said
        ],
        _("and"),
    )
