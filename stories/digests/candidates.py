"""What an edition may tell and what the ones before told, read for the choice."""

from datetime import datetime
from typing import cast

from django.db.models import Prefetch

from stories.digests.models import Edition, Pick
from stories.digests.picking import LATELY_WEEKS, Candidate, Choice, Earlier, pick
from stories.digests.timing import TIMING
from stories.models import CustomerGroup, Named, Story

CONSIDERED = 2000
# What the choice looks at: no text of a story, nothing of a person but the department.
WANTED = ("published_at", "teller", "customer_group__name")
NAMED = Prefetch(
    "named",
    Named.objects.select_related("person").only("story", "role", "position", "person__department"),
)


def choose(edition: Edition) -> list[Choice]:
    """The stories that this edition tells, in order, with the reasons. It considers the newest
    2,000 of its weeks: a mail has room for six, and this has to fit into memory."""
    stories = edition.candidates()
    spoken = stories.exclude(customer_words="").values_list("pk", flat=True)
    with_words = set(spoken[:CONSIDERED])
    bare = stories.select_related("customer_group").only(*WANTED).prefetch_related(NAMED)
    candidates = [_candidate(story, story.pk in with_words) for story in bare[:CONSIDERED]]
    return pick(candidates, earlier_picks(edition))


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
