"""Why a story of the feed cannot be added to an edition, in a sentence."""

from datetime import datetime
from typing import NamedTuple, cast

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stories.digests.desk.lineup import addable, as_of_now
from stories.digests.models import Edition
from stories.models import Story
from stories.search import search as found

KEPT_OUT_MOST = 5


class KeptOut(NamedTuple):
    """A story, with its card, and why it cannot be added."""

    story: Story
    why: str


def why_not(edition: Edition, story: Story) -> str:
    """ "" where it can be added. Not a word is of the story itself: it may be nobody's to read."""
    if addable(edition).filter(pk=story.pk).exists():
        return ""
    row = Story.objects.on_feed().select_related("pick__edition").filter(pk=story.pk).first()
    return _why(as_of_now(edition), row) if row else _("This story is not on the feed any more.")


def kept_out(edition: Edition, shown: list[str], search: str) -> list[KeptOut]:
    """Up to 5 stories of the feed, newest first, that hold every word of `search` and cannot be
    added to what is `shown`, references."""
    now = as_of_now(edition)
    is_other = Q(pick__isnull=False) | ~Q(pk__in=now.of_its_weeks().values("pk"))
    others = Story.objects.on_feed().filter(is_other).exclude(ref__in=shown)
    rows = found(search, among=others).newest_first().with_card().select_related("pick__edition")
    return [KeptOut(story, _why(now, story)) for story in rows[:KEPT_OUT_MOST]]


def _why(edition: Edition, story: Story) -> str:
    """Of one that is on the feed, and of an edition as of now."""
    if hasattr(story, "pick"):
        return _told_by(story.pick.edition, edition)
    if story.published_at and story.published_at > edition.cutoff_at:
        return _("This story came after the stories were fixed: the next edition covers it.")
    day = date_format(cast(datetime, edition.covers_from), _("j F"))
    return _("This story is too old: this edition reaches back to %(day)s.") % {"day": day}


def _told_by(other: Edition, edition: Edition) -> str:
    if other.pk == edition.pk:
        return _("This story is in the edition already.")
    week = {"day": date_format(other.week_start, _("j F Y"))}
    if other.eligible is None:
        return _("The edition of the week of %(day)s tells this story.") % week
    return (
        _("The edition of the week of %(day)s told this story already: none is told twice.") % week
    )
