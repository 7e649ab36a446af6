"""People unsubscribe or leave the company while copies leave: nothing to them is fenced after."""

from datetime import datetime
from typing import cast

from django.db import connection

from accounts.models import User
from stories.digests.models import Delivery, UnsubscribeToken
from stories.digests.timing import TIMING
from tests.faults.stage import Stage

WAVES = 10
# The share of everybody that leaves in all waves together.
LEAVING = 0.2


def play(stage: Stage) -> int:
    stage.open()
    stage.slow_down()
    people = sorted(stage.everybody)
    leaving = stage.random.sample(people, int(LEAVING * len(people)))
    stage.staff()
    gone: dict[int, datetime] = {}
    for wave in range(WAVES):
        stage.until_share(0.75 * (wave + 1) / (WAVES + 1))
        for number, person in enumerate(leaving[wave::WAVES]):
            if number % 2:
                User.objects.filter(pk=person).update(is_active=False)
            else:
                UnsubscribeToken.objects.stop(UnsubscribeToken.objects.get(person=person).token)
            gone[person] = database_time()
    stage.until_settled()
    found = stage.settle(wanted=set(people) - gone.keys(), allowed=frozenset(gone))
    rows = Delivery.objects.filter(person__in=gone, started_at__isnull=False)
    fenced = rows.values_list("person", "started_at")
    late = [person for person, at in fenced if at and at > gone[person]]
    found.extra += len(late)
    found.add("fenced after they had left", late)
    found.add("accepted long after they had left", accepted_late(stage, gone))
    return 0


def accepted_late(stage: Stage, gone: dict[int, datetime]) -> list[str]:
    """Copies that the server took later than what was under way may still have reached it."""
    on_the_way = 2 * TIMING.reply
    people = dict(User.objects.filter(pk__in=gone).values_list("email", "pk"))
    return [
        copy.to
        for copy in stage.mail.ledger.copies
        if copy.to in people and copy.wall > (gone[people[copy.to]] + on_the_way).timestamp()
    ]


def database_time() -> datetime:
    """The database's clock, by which copies are fenced, after everything committed so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cast(datetime, cursor.fetchone()[0])
