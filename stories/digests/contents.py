"""What an edition says: its stories, and the few words around them, as the mail's templates
take them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Company
from kudos.lib.colour import accent_of
from stories.digests import wording
from stories.digests.addresses import one_line
from stories.digests.models import Edition
from stories.models import CustomerGroup, Story
from stories.templatetags.cards import words_source

GROUPS_SHOWN = 4


def link(path: str) -> str:
    """The public address of one of our pages."""
    return settings.KUDOS_URL + path


@dataclass(frozen=True, slots=True)
class Room:
    """How many words there are for the lead's text, for the customer's words, for the note, for a
    line such as a headline, and for a name."""

    text: int
    words: int
    note: int
    line: int
    name: int


# What gives way first is what the story's own page tells anyway; the headlines are last.
ROOMS = (
    Room(70, 30, 90, 16, 8),
    Room(60, 30, 90, 16, 8),
    Room(50, 30, 90, 16, 8),
    Room(40, 25, 90, 16, 8),
    Room(30, 20, 90, 16, 6),
    Room(20, 15, 60, 16, 5),
    Room(16, 15, 40, 16, 4),
    Room(14, 12, 30, 14, 3),
    Room(12, 10, 24, 12, 3),
    Room(10, 10, 20, 10, 2),
    Room(8, 8, 16, 8, 2),
    Room(6, 6, 12, 6, 2),
    Room(4, 4, 8, 4, 2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as the mail tells it."""

    headline: str
    url: str
    group: str
    hue: str
    names: list[str]
    teller: str
    text: str
    words: str
    words_by: str

    @property
    def nominees(self) -> str:
        return wording.few(self.names)


class Contents:
    """One edition, telling `stories` in their order, in the language of the moment."""

    def __init__(self, edition: Edition, stories: list[Story]) -> None:
        self.edition, self.stories = edition, stories
        self.company = Company.current()
        others = edition.others().exclude(pk__in=[story.pk for story in stories])
        self.total = len(stories) + others.count()

    def within(self, room: Room) -> dict[str, Any]:
        """What the templates take, each text in as many words as there is room for."""
        day = self.edition.week_start + timedelta(days=self.company.digest_weekday)
        told = [_told(story, room) for story in self.stories]
        context = {
            "accent": accent_of(self.company.accent_hue),
            "company": wording.excerpt(self.company.name, room.name),
            "vision": wording.excerpt(self.company.vision, 2 * room.line),
            "note": wording.passage(self.edition.note, room.note),
            "week": date_format(self.edition.week_start, _("j F")),
            "weekday": date_format(day, "l"),
            "total": self.total,
            "told": told,
            "preheader": self.preheader(list(dict.fromkeys(story.group for story in told))),
            "compose_url": link(reverse("compose")),
            "browser_url": link(self.edition.get_absolute_url()),
            "preferences_url": link(reverse("preferences")),
        }
        return context | {"subject": self.subject()}

    def preheader(self, groups: list[str]) -> str:
        """What a list of mails shows after the subject, without repeating it."""
        if not groups:
            return _("Two minutes are enough to tell a story.")
        return ngettext(
            "A story of great service for %(groups)s.",
            "%(total)s stories of great service, for %(groups)s.",
            self.total,
        ) % {"total": self.total, "groups": wording.few(groups, GROUPS_SHOWN)}

    def subject(self) -> str:
        """As the desk wrote it, whole; else the lead's headline and how many others there are."""
        others = max(0, self.total - 1)
        headline = self.stories[0].headline if self.stories else ""
        shown = {"headline": wording.subject_headline(headline, others), "others": others}
        return one_line(
            self.edition.own_subject or render_to_string("emails/digest/subject.txt", shown)
        )


def _told(story: Story, room: Room) -> Told:
    group = cast(CustomerGroup, story.customer_group)
    words = wording.unquoted(story.customer_words)
    return Told(
        headline=wording.excerpt(story.headline, room.line),
        url=link(story.get_absolute_url()),
        group=wording.excerpt(group.name, room.name),
        hue=group.hue,
        names=[wording.excerpt(person.name, room.name) for person in story.nominees],
        teller=wording.excerpt(story.teller.name, room.name),
        text=wording.excerpt(story.what_they_did, room.text),
        words=wording.excerpt(words, room.words),
        words_by=wording.excerpt(words_source(story), room.line),
    )
