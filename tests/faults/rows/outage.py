"""No ticker and no worker runs for 30 hours, then for 8 days, each time with an edition half
sent. Nobody waits for it: everything that has happened is moved back in time."""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.expressions import Combinable

from stories.digests.models import Delivery, DeliveryState, Edition
from stories.models import Story
from tests.faults import company
from tests.faults.processes import BrokenError
from tests.faults.stage import Stage

WEEK = timedelta(weeks=1)
SHORT, LONG = timedelta(hours=30), timedelta(days=8)
DOWN_AT = (0.1, 0.5)
DELIVERY_TIMES = ("due_at", "next_attempt_at", "lease_until", "started_at", "sent_at")


def play(stage: Stage) -> int:
    stage.open()
    due_at = stage.due_at
    half_send(stage)
    move_back(due_at, SHORT)
    send_the_rest(stage, editions=1)

    # The week goes by: the next edition falls due, and is half sent when the long outage begins.
    move_back(due_at - SHORT, WEEK - SHORT)
    company.tell(due_at)
    half_send(stage)
    move_back(due_at, LONG)
    company.tell(due_at - LONG + WEEK)
    reached = sent_of(Edition.objects.latest("cutoff_at"))
    send_the_rest(stage, editions=3)
    settle(stage, reached)
    return 0


def half_send(stage: Stage) -> None:
    """Start everything, and end it in order when some of the copies have left."""
    before = stage.mail.ledger.read().reached
    stage.slow_down()
    stage.staff()
    stage.until_share(before / stage.recipients + stage.random.uniform(*DOWN_AT))
    stage.crew.stop()
    left = Delivery.objects.filter(state=DeliveryState.PENDING).count()
    if not left:
        raise BrokenError("Everything was sent before the outage, so that this run shows nothing.")


def send_the_rest(stage: Stage, *, editions: int) -> None:
    stage.mail.behave(delay=0)
    stage.staff()
    stage.until(lambda: Edition.objects.count() == editions, f"there are {editions} editions")
    stage.until_settled()


def move_back(due_at: datetime, by: timedelta) -> None:
    """Let everything have happened that much earlier; `due_at` is when the newest edition was."""
    company.schedule(due_at - by)
    Story.objects.update(published_at=earlier("published_at", by))
    Delivery.objects.update(**{name: earlier(name, by) for name in DELIVERY_TIMES})
    for edition in Edition.objects.order_by("cutoff_at"):
        day = (edition.cutoff_at - by).date()
        Edition.objects.filter(pk=edition.pk).update(
            week_start=day - timedelta(days=day.weekday()),
            cutoff_at=earlier("cutoff_at", by),
            covers_from=earlier("covers_from", by),
        )


def earlier(name: str, by: timedelta) -> Combinable:
    return ExpressionWrapper(F(name) - Value(by), output_field=DateTimeField())


def settle(stage: Stage, reached: set[int]) -> None:
    """Late, but once, after the short outage; after the long one the newest edition only."""
    first, second, third = Edition.objects.order_by("cutoff_at")
    stage.settle(first)
    found = stage.settle(second, wanted=reached)
    stage.settle(third)
    kept = second.deliveries.exclude(person__in=reached).exclude(state=DeliveryState.EXPIRED)
    found.add("an old copy did not expire", kept.values_list("state", flat=True))


def sent_of(edition: Edition) -> set[int]:
    """Who has their copy of an edition."""
    sent = edition.deliveries.filter(state=DeliveryState.SENT)
    return set(sent.values_list("person", flat=True))
