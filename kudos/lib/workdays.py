"""Days on which somebody can be expected to answer: Monday to Friday, without any holidays."""

from datetime import datetime, timedelta, tzinfo

DAY = timedelta(days=1)
SATURDAY = 5


def working_days_after(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day in `zone`, that many working days later.

    Two days after a Thursday are a Monday; after a Saturday or a Sunday, a Tuesday.
    """
    here = moment.astimezone(zone)
    date = here.date()
    while days:
        date += DAY
        days -= date.weekday() < SATURDAY
    return datetime.combine(date, here.time(), zone)
