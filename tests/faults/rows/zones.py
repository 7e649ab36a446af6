"""Readers in five zones, in the weeks before and after each of their clock changes: their copies
are due at 09:00 on the clock on their wall, and leave then (some of these weeks are sent)."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone

from stories.digests.models import Delivery, Edition, Heartbeat
from stories.digests.tick import tick
from stories.digests.timing import TIMING
from tests.faults import company
from tests.faults.account import Account
from tests.faults.stage import Stage

ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago",
)  # fmt: skip
YEAR = 366
HOUR = 9
# How many of the editions are sent, all at the same time.
SENT = 4
# The hours between two zones' nine o'clock become this long.
BETWEEN = TIMING.tick
# A round of the tick, and one that a busy machine skips.
REST = 3 * TIMING.tick


def play(stage: Stage) -> int:
    mondays = around_clock_changes(timezone.now().date())
    company.fill(stage.recipients // SENT, zones=ZONES)
    for monday in mondays:
        tick(at=datetime.combine(monday, time(12), UTC))
    wrong_dues = dues_off_nine()
    weeks = Edition.objects.values_list("week_start", flat=True)
    found = Account()
    found.add("an edition missing or too many", set(mondays) ^ set(weeks))
    Edition.objects.exclude(week_start__in=stage.random.sample(mondays, SENT)).delete()
    # From here on the present must not make an edition of its own.
    company.schedule(timezone.now() - timedelta(days=3))
    stage.staff()
    stage.until(Heartbeat.objects.filter(at__gt=timezone.now()).exists, "the ticker goes round")
    dues = bring_near()
    stage.until_settled()
    found.add("not due at nine", wrong_dues)
    check_moments(stage, found, dues)
    stage.accounts.append(found)
    for edition in Edition.objects.all():
        stage.settle(edition)
    return 0


def around_clock_changes(today: date) -> list[date]:
    """The Mondays before and after each clock change of the coming year in one of the zones."""
    mondays = set()
    for zone in map(ZoneInfo, ZONES):
        noons = [
            datetime.combine(today + timedelta(days=n), time(12), zone) for n in range(7, YEAR)
        ]
        for before, after in pairwise(noons):
            if before.utcoffset() != after.utcoffset():
                monday = before.date() - timedelta(days=before.weekday())
                mondays |= {monday, monday + timedelta(weeks=1)}
    return sorted(mondays)


def dues_off_nine() -> list[str]:
    """Copies that are not due at nine, as PostgreSQL tells the time in their reader's zone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person.time_zone, delivery.due_at::text"
            " FROM digests_delivery delivery"
            " JOIN digests_edition edition ON edition.id = delivery.edition_id"
            " JOIN accounts_user person ON person.id = delivery.person_id"
            " WHERE delivery.due_at AT TIME ZONE person.time_zone"
            " <> edition.week_start + make_time(%s, 0, 0)",
            [HOUR],
        )
        return [f"{zone} {due}" for zone, due in cursor.fetchall()]


def bring_near() -> dict[str, datetime]:
    """Let each edition's moments follow one another within seconds, in their own order, from now
    on. Returns by message when its copy is due now."""
    begin = timezone.now() + BETWEEN
    for edition in Edition.objects.all():
        moments = sorted(set(edition.deliveries.values_list("due_at", flat=True)))
        for place, moment in enumerate(moments):
            near = begin + place * BETWEEN
            edition.deliveries.filter(due_at=moment).update(due_at=near, next_attempt_at=near)
    return dict(Delivery.objects.values_list("message_id", "due_at"))


def check_moments(stage: Stage, found: Account, dues: dict[str, datetime]) -> None:
    """No copy leaves before its moment, or waits while nothing else leaves either: how many leave
    in a second is up to the machine."""
    due = {key: moment.timestamp() for key, moment in dues.items()}
    left = {copy.message_id: copy.wall for copy in stage.mail.ledger.copies}
    found.add("left before its moment", [key for key in left if left[key] < due[key]])
    rests = [
        (begin, end)
        for begin, end in pairwise(sorted([min(due.values()), *left.values()]))
        if end - begin > REST.total_seconds()
    ]
    waited = [key for key in left for begin, end in rests if due[key] <= begin and end <= left[key]]
    found.add("waited for nothing", waited)
    latest = max(left[key] - due[key] for key in left)
    stage.say(f"The last copy left {latest:.1f} seconds after its moment.")
