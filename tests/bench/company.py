"""Who is sent to in the benchmarks: the demo company with many more readers.

Django is set up by whoever imports this.
"""

from datetime import timedelta
from io import StringIO
from itertools import batched

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from stories.digests.freeze import freeze
from stories.digests.models import Delivery, DeliveryState, Edition


def prepare(people: int) -> None:
    """That many readers, and an edition of the demo company's stories, frozen."""
    call_command("demo", stdout=StringIO())
    Edition.objects.all().delete()
    readers = (
        User(email=f"reader{number}@bench.example", name=f"Reader {number}", password="!")
        for number in range(people - User.objects.count())
    )
    for batch in batched(readers, 2000):
        User.objects.bulk_create(batch)
    now = timezone.now()
    edition = Edition.objects.create(week_start=now.date(), cutoff_at=now, at_once=now)
    freeze(edition)


def make_due(copies: int) -> None:
    """Exactly so many copies are due; all others wait."""
    now = timezone.now()
    rest = {"state": DeliveryState.PENDING, "attempts": 0, "started_at": None}
    Delivery.objects.update(**rest, next_attempt_at=now + timedelta(days=1))
    due = Delivery.objects.order_by("pk").values("pk")[:copies]
    Delivery.objects.filter(pk__in=due).update(next_attempt_at=now)
    tidy()


def tidy() -> None:
    """What PostgreSQL does by itself sooner or later: not in the middle of what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def close() -> None:
    connection.close()
