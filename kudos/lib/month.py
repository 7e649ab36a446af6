"""Months as addresses name them, and where they begin in a time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Self

WRITTEN = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
# Far enough from the ends of the calendar that a time zone cannot push a month over them.
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what `str()` wrote. Raises ValueError for anything else."""
        written = WRITTEN.fullmatch(text)
        if written is None:
            raise ValueError(text)
        year, number = map(int, written.groups())
        if year not in YEARS or number not in range(1, 13):
            raise ValueError(text)
        return cls(year, number)

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> Self:
        """So many months later; earlier where it is negative."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return type(self)(year, number + 1)

    def bounds(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Its first moment in `zone`, and the first one after it."""
        begin, end = (
            datetime.combine(month.first_day, time.min, zone) for month in (self, self.plus(1))
        )
        return begin, end
