"""The company of a run: as many readers as wanted, and stories to be told apart in a message."""

from datetime import datetime, timedelta
from itertools import batched

from django.utils import timezone

from accounts.models import Company, Department, User
from accounts.models.company import QuietWeek
from stories.models import CustomerGroup, Named, Role, State, Story

BATCH = 2000
STORIES = 6


def fill(recipients: int, *, zones: tuple[str, ...] = ("",)) -> None:
    """People spread over `zones`, a culture lead among them, and no schedule that falls due."""
    Company.objects.create(pk=1, name="Larkfield", quiet_week=QuietWeek.PROMPT)
    departments = [Department.objects.create(name=name) for name in ("Care", "Product", "Press")]
    people = (
        User(
            email=f"reader{number}@faults.example",
            name=f"Reader {number}",
            department=departments[number % 3],
            time_zone=zones[number % len(zones)],
            is_culture_lead=number == 0,
            password="!",
        )
        for number in range(recipients)
    )
    for batch in batched(people, BATCH):
        User.objects.bulk_create(batch)


def tell(due_at: datetime) -> list[Story]:
    """Six stories published in the hours before `due_at`. Each headline begins with a word of
    its own, by which the mail server tells which text a message carries."""
    group, _made = CustomerGroup.objects.get_or_create(name="Customers")
    _lead, teller, *nominees = User.objects.order_by("pk")[: STORIES + 2]
    first = Story.objects.count() + 1
    stories = Story.objects.bulk_create(
        Story(
            teller=teller,
            state=State.PUBLISHED,
            customer_group=group,
            headline=f"kingfisher{number} kept a school open",
            what_they_did="Rang the school at seven and moved forty-one bookings. " * 3,
            difference="Nobody lost a trip.",
            published_at=due_at - timedelta(minutes=10 * number),
        )
        for number in range(first, first + STORIES)
    )
    Named.objects.bulk_create(
        Named(story=story, person=nominees[at], role=Role.NOMINEE)
        for at, story in enumerate(stories)
    )
    return stories


def last_hour() -> datetime:
    """The full hour that has just been."""
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def schedule(due_at: datetime) -> None:
    """Let the company's digest be due at this full hour in UTC, every week."""
    Company.objects.update(digest_weekday=due_at.weekday(), digest_hour=due_at.hour)
