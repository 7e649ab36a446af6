"""What an edition may tell and what the ones before told, read for the choice."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, cast

from django.db.models import Prefetch

from stories.digests.models import Edition, Pick
from stories.digests.picking import LATELY_WEEKS, Candidate, Choice, Earlier, pick
from stories.digests.timing import TIMING
from stories.models import CustomerGroup, Named, Story
from stories.querysets import StoryQuerySet
from stories.words import words_of

CONSIDERED = 2000
# What the choice looks at, beside the texts: of a person their department and their name.
WANTED = ("published_at", "featured_at", "teller", "customer_group__name")
NAMED = Prefetch(
    "named",
    Named.objects.select_related("person").only(
        "story", "role", "position", "person__department", "person__name"
    ),
)
TEXTS = ("headline", "what_they_did", "difference")
# Texts in memory at once: a story has 8 kB at most, its words are kept and it is forgotten.
TEXTS_AT_ONCE = 100


class Said(NamedTuple):
    """What of a story's texts the choice keeps: words to compare, and whether a customer speaks."""

    words: frozenset[str] = frozenset()
    has_words: bool = False


def choose(edition: Edition) -> list[Choice]:
    """The stories that this edition tells, in order, with the reasons: what culture leads put in,
    then the best of the newest 2,000 of its weeks. A mail has room for six, and this has to fit
    into memory: 16 MB, and some 30 where each is as long as may be."""
    picks = Pick.objects.filter(edition_id=edition.pk)
    by_hand = Story.objects.on_feed().filter(pick__in=picks).order_by("pick__position")
    return pick(
        _read(edition.candidates()[:CONSIDERED]), earlier_picks(edition), kept=_read(by_hand)
    )


def _read(stories: StoryQuerySet) -> list[Candidate]:
    bare = stories.select_related("customer_group").only(*WANTED).prefetch_related(NAMED)
    said = _said(bare)
    return [_candidate(story, said.get(story.pk, Said())) for story in bare]


def _said(stories: Iterable[Story]) -> dict[int, Said]:
    """By primary key. The nominees' names are no telling words: every story about them has them."""
    names = {story.pk: words_of(*(person.name for person in story.nominees)) for story in stories}
    rows = Story.objects.filter(pk__in=names).values_list("pk", "customer_words", *TEXTS)
    return {
        key: Said(words_of(*texts, but=names[key]), has_words=bool(customer_words))
        for key, customer_words, *texts in rows.iterator(TEXTS_AT_ONCE)
    }


def _candidate(story: Story, said: Said) -> Candidate:
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
        featured=story.featured_at is not None,
        has_words=said.has_words,
        words=said.words,
    )


def earlier_picks(edition: Edition) -> list[Earlier]:
    """What the editions of the last weeks told; it reaches further back than one can cover."""
    since = edition.cutoff_at - TIMING.reach_back - (LATELY_WEEKS * (TIMING.reach_back / 4))
    picks = Pick.objects.filter(edition__cutoff_at__gte=since).exclude(edition=edition.pk)
    stories = Story.objects.only("published_at", "customer_group").prefetch_related(NAMED)
    rows = list(picks.select_related("edition").prefetch_related(Prefetch("story", stories)))
    said = _said(row.story for row in rows)
    return [_earlier(row, edition, said[row.story_id]) for row in rows]


def _earlier(row: Pick, edition: Edition, said: Said) -> Earlier:
    days = (edition.week_start - row.edition.week_start).days
    return Earlier(
        story=row.story_id,
        published_at=cast(datetime, row.story.published_at),
        weeks_ago=max(1, days // 7),
        group=cast(int, row.story.customer_group_id),
        nominees=frozenset(person.pk for person in row.story.nominees),
        words=said.words,
    )
