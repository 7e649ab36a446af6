"""Stories of these days that somebody is about to tell again: one function, engines in `db`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from stories.db.likeness import likeness, scale
from stories.models import Named, Role, Story
from stories.querysets import StoryQuerySet
from stories.words import words_of

# Colleagues tell of a thing while it is fresh.
NEAR = timedelta(days=14)
# Fewer words are alike by chance.
WORDS_MIN = 5
# Whoever was celebrated more often within two weeks is compared by the newest.
COMPARED_MAX = 50
SHOWN_MAX = 3


@dataclass(frozen=True, slots=True)
class Similar:
    """A story that may be of the same deed; `is_very`, if it reads much like what is being told."""

    story: Story
    is_very: bool


def similar_stories(text: str, nominees: Collection[User], *, teller: User) -> list[Similar]:
    """Up to three recent stories of one of these nominees that say much the same as `text`, the
    most similar first, of those that the teller may read and add their voice to.

    Only their stories of the last 14 days are compared: a fixed number of queries, whose cost does
    not grow with the feed.
    """
    return _most_like(text, nominees, Story.objects.joinable_by(teller), at=timezone.now())


def similar_to(story: Story, *, reader: User) -> list[Similar]:
    """The same for a story that has been told: what was published within two weeks of it, and
    `reader` may read."""
    others = Story.objects.readable_by(reader).published().exclude(pk=story.pk)
    at = story.published_at or timezone.now()
    return _most_like(_text(story), story.nominees, others, at=at)


def _most_like(
    text: str, nominees: Collection[User], among: StoryQuerySet, *, at: datetime
) -> list[Similar]:
    if not nominees or len(words_of(text)) < WORDS_MIN:
        return []
    recent = list(_recent(nominees, among, at)[:COMPARED_MAX])
    if not recent:
        return []
    how = scale()
    found = zip(likeness(text, list(map(_text, recent))), recent, strict=True)
    # Of equals the newest, which come first: the same question, the same answer.
    ranked = sorted(found, key=lambda pair: -pair[0])[:SHOWN_MAX]
    return [Similar(story, value >= how.very) for value, story in ranked if value >= how.similar]


def _recent(nominees: Collection[User], among: StoryQuerySet, at: datetime) -> StoryQuerySet:
    # By key, so that the planner begins with the few stories of these people.
    theirs = Named.objects.filter(person__in=nominees, role=Role.NOMINEE).values("story")
    recent = among.filter(pk__in=theirs, published_at__range=(at - NEAR, at + NEAR))
    return recent.newest_first().with_card()


def _text(story: Story) -> str:
    return f"{story.headline}\n{story.what_they_did}\n{story.difference}"
