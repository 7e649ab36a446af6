"""Keeping the search index true: a row for each story on the feed, and for no other."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.signals import post_save, pre_save

from accounts.models import User
from accounts.signals import people_renamed
from stories.models import Named, SearchEntry, Story
from stories.search import to_words
from stories.signals import story_changed, story_published

BATCH = 1000
FIELDS = ("headline", "words", "body")


def reindex(stories: QuerySet[Story] | None = None) -> int:
    """Write the rows of these stories (all of them by default) anew and drop those of stories
    that are not on the feed. Returns how many are in the index; what inserts stories in
    bulk calls it, since bulk writes send no signals."""
    on_feed = Story.objects.on_feed().filter(pk=OuterRef("story"))
    stale = SearchEntry.objects.filter(~Exists(on_feed))
    readable = Story.objects.on_feed().order_by("pk")
    if stories is not None:
        chosen = stories.order_by().values("pk")
        stale = stale.filter(story__in=chosen)
        readable = readable.filter(pk__in=chosen)
    with transaction.atomic():
        stale.delete()
        rows = readable.select_related("teller").prefetch_related("named__person")
        return sum(_write(batch) for batch in batched(rows.iterator(BATCH), BATCH))


def _write(stories: Iterable[Story]) -> int:
    entries = [_entry(story) for story in stories]
    SearchEntry.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["story"], update_fields=FIELDS
    )
    return len(entries)


def _entry(story: Story) -> SearchEntry:
    names = [named.person.name for named in story.named.all()]
    said = (story.customer_words, story.customer_role, story.customer_name)
    return SearchEntry(
        story=story,
        headline=_folded(story.headline),
        words=_folded(*said, story.teller.name, *names),
        body=_folded(story.what_they_did, story.difference),
    )


def _folded(*texts: str) -> str:
    return " ".join(to_words("\n".join(texts)))


def follow_story(sender: type[Story], *, story: Story, **kwargs: Any) -> None:
    reindex(Story.objects.filter(pk=story.pk))


def note_rename(sender: type[User], *, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Before somebody is saved: whether it changes their name."""
    fields = kwargs.get("update_fields")
    may_rename = instance.pk and not raw and (fields is None or "name" in fields)
    instance._was_renamed = bool(  # type: ignore[attr-defined]
        may_rename and User.objects.filter(pk=instance.pk).exclude(name=instance.name).exists()
    )


def follow_rename(sender: type[User], *, instance: User, **kwargs: Any) -> None:
    if instance._was_renamed:  # type: ignore[attr-defined]
        follow_renames(sender, people=[instance])


def follow_renames(sender: type[User], *, people: list[User], **kwargs: Any) -> None:
    theirs = Exists(Named.objects.filter(story=OuterRef("pk"), person__in=people))
    reindex(Story.objects.filter(Q(theirs) | Q(teller__in=people)))


def connect() -> None:
    """Listen to the news that change what search may find."""
    story_published.connect(follow_story, dispatch_uid="search")
    story_changed.connect(follow_story, dispatch_uid="search")
    pre_save.connect(note_rename, sender=User, dispatch_uid="search")
    post_save.connect(follow_rename, sender=User, dispatch_uid="search")
    people_renamed.connect(follow_renames, dispatch_uid="search")
