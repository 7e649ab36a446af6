"""Fixing an edition: what it covers, what it tells, and the parts that every copy shares."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Prefetch
from django.utils import timezone

from accounts.models import Company
from accounts.models.company import QuietWeek
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.picking import LATELY_WEEKS, Candidate, Choice, Earlier, pick
from stories.digests.rendering import rendering_for
from stories.digests.timing import TIMING
from stories.models import CustomerGroup, Named, Story

CONSIDERED = 2000
# What the choice looks at: no text of a story, nothing of a person but the department.
WANTED = ("published_at", "teller", "customer_group__name")
NAMED = Prefetch(
    "named",
    Named.objects.select_related("person").only("story", "role", "position", "person__department"),
)
QUIET = "No story was published since the last edition."


def freeze(edition: Edition) -> None:
    """Take a planned edition to `frozen`, or give a quiet week up where the company wants that.

    Does nothing to one that is past it, so that it can be called again.
    """
    with transaction.atomic():
        edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
        if edition.state != EditionState.PLANNED:
            return
        edition.covers_from = covers_from(edition.cutoff_at)
        choices = still_to_be_read(choose(edition))
        if not choices and Company.current().quiet_week == QuietWeek.SKIP:
            edition.save()
            edition.abort(by=None, note=QUIET)
            return
        Pick.objects.bulk_create(
            Pick(edition=edition, story_id=choice.story, position=place, reason=choice.reason)
            for place, choice in enumerate(choices)
        )
        edition.state = EditionState.FROZEN
        edition.mail_date = timezone.now()
        edition.save()
        rendering_for(edition, settings.LANGUAGE_CODE)


def covers_from(cutoff_at: datetime) -> datetime:
    """The cutoff of the edition last sent, at most four weeks back: a missed week loses nothing."""
    earlier = Edition.objects.sent().filter(cutoff_at__lt=cutoff_at)
    last = earlier.aggregate(last=Max("cutoff_at"))["last"]
    reach = cutoff_at - TIMING.reach_back
    return max(last, reach) if last else reach


def choose(edition: Edition) -> list[Choice]:
    """The stories that this edition tells, in order, with the reasons. It considers the newest
    2,000 of its weeks: a mail has room for six, and this has to fit into memory."""
    stories = edition.candidates()
    spoken = stories.exclude(customer_words="").values_list("pk", flat=True)
    with_words = set(spoken[:CONSIDERED])
    bare = stories.select_related("customer_group").only(*WANTED).prefetch_related(NAMED)
    candidates = [_candidate(story, story.pk in with_words) for story in bare[:CONSIDERED]]
    return pick(candidates, earlier_picks(edition))


def still_to_be_read(choices: list[Choice]) -> list[Choice]:
    """Those of `choices` that everybody may read, and may until this transaction ends.

    Waits for whoever is changing one: a change that is not committed yet finds no pick to take
    back, so that it has to be seen here.
    """
    stories = Story.objects.filter(pk__in=[choice.story for choice in choices])
    # In the order of their keys, so that two who hold several never wait for each other.
    held = [story.pk for story in stories.select_for_update().order_by("pk").only("pk")]
    readable = set(Story.objects.on_feed().filter(pk__in=held).values_list("pk", flat=True))
    return [choice for choice in choices if choice.story in readable]


def _candidate(story: Story, has_words: bool) -> Candidate:
    nominees = story.nominees
    group = cast(CustomerGroup, story.customer_group)
    return Candidate(
        story=story.pk,
        published_at=cast(datetime, story.published_at),
        group=group.pk,
        group_name=group.name,
        nominees=frozenset(person.pk for person in nominees),
        departments=frozenset(
            person.department_id for person in nominees if person.department_id is not None
        ),
        teller=story.teller_id,
        has_words=has_words,
    )


def earlier_picks(edition: Edition) -> list[Earlier]:
    """What the editions of the last weeks told; it reaches further back than one can cover."""
    since = edition.cutoff_at - TIMING.reach_back - (LATELY_WEEKS * (TIMING.reach_back / 4))
    picks = Pick.objects.filter(edition__cutoff_at__gte=since)
    stories = Story.objects.only("customer_group").prefetch_related(NAMED)
    rows = picks.select_related("edition").prefetch_related(Prefetch("story", stories))
    return [_earlier(row, edition) for row in rows]


def _earlier(row: Pick, edition: Edition) -> Earlier:
    days = (edition.week_start - row.edition.week_start).days
    return Earlier(
        story=row.story_id,
        weeks_ago=max(1, days // 7),
        group=cast(int, row.story.customer_group_id),
        nominees=frozenset(person.pk for person in row.story.nominees),
    )
