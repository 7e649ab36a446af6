"""The product's intervals, scaled down for the fault tests."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from stories.digests.timing import Timing

# The wait for one reply becomes one second, the least that smtplib takes.
FACTOR = 20
# What is counted in days is not waited for: rows are moved in time instead.
CALENDAR = timedelta(days=1)


def scaled(timing: Timing) -> Timing:
    """The same intervals, `FACTOR` times shorter, all in one ratio."""
    return replace(timing, **{f.name: _shorter(getattr(timing, f.name)) for f in fields(timing)})


def _shorter(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_shorter(part) for part in value)
    if isinstance(value, timedelta) and value < CALENDAR:
        return value / FACTOR
    return value
