"""What the story card asks of a story: its opening, its people, and when it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django import template
from django.template.defaultfilters import date as date_text
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from stories.cheering import Cheering
from stories.models import CheerKind, Story, WordsSource

register = template.Library()

OPENING_WORDS = 60
OPENING_LETTERS = 480
PEOPLE_SHOWN = 4
WEEKS_AS_WEEKS = 8
CHEER_HUES = {CheerKind.LOVE: "coral", CheerKind.APPLAUSE: "amber", CheerKind.WOW: "violet"}


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a story, and whether there is more of it to read."""

    paragraphs: list[str]
    is_cut: bool


@register.filter
def opening(story: Story) -> Opening:
    """The first 60 words or so of what they did and the difference, cut between words.

    A single word of absurd length is cut too, so that no card can grow without end.
    """
    text = f"{story.what_they_did}\n{story.difference}"
    paragraphs: list[str] = []
    words_left = OPENING_WORDS
    for line in filter(None, (line.strip() for line in text.splitlines())):
        words = line.split()
        shown = " ".join(words[:words_left])
        if len(words) > words_left or len(shown) > OPENING_LETTERS:
            return Opening([*paragraphs, f"{shown[:OPENING_LETTERS].rstrip(' ,;:–-')} …"], True)
        paragraphs.append(shown)
        words_left -= len(words)
        if words_left <= 0:
            return Opening(paragraphs, not text.strip().endswith(line))
    return Opening(paragraphs, False)


@register.filter
def linked(people: Sequence[User], shown: int = PEOPLE_SHOWN) -> SafeString:
    """Names as links to their pages: "Ana and Tom", "Ana, Tom and 3 others"."""
    links = [
        format_html('<a href="{}"><bdi>{}</bdi></a>', person.get_absolute_url(), person.name)
        for person in people[:shown]
    ]
    return in_words(links, len(people) - len(links))


def in_words(names: Sequence[str], others: int = 0) -> SafeString:
    """One phrase of several names, which are HTML or get escaped, and a number of others."""
    parts = [format_html("{}", name) for name in names]
    if others > 0:
        rest = ngettext("%(count)s other", "%(count)s others", others) % {"count": others}
        parts.append(format_html("{}", rest))
    if not parts:
        return SafeString("")
    last = parts.pop()
    if not parts:
        return last
    comma = pgettext("between names", ", ")
    first = SafeString(comma.join(parts))
    return format_html(pgettext("names", "{first} and {last}"), first=first, last=last)


@register.simple_tag
def when(moment: datetime | None) -> SafeString:
    """A moment as people say it, in a <time> whose title is exact; "" for none."""
    if moment is None:
        return SafeString("")
    return _time(moment, ago(moment))


@register.simple_tag
def edited(story: Story) -> SafeString:
    """ "edited", with the exact time on hover; "" where readers see what was published."""
    if not (story.edited_at and story.is_published):
        return SafeString("")
    return format_html("<span>{}</span>", _time(story.edited_at, _("edited")))


def _time(moment: datetime, said: str) -> SafeString:
    # Translators: days as Django's date filter writes them, such as 5 May 2026.
    exact = date_text(timezone.localtime(moment), _("j F Y, H:i"))
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), exact, said)


def ago(moment: datetime, now: datetime | None = None) -> str:
    """ "Just now", "20 minutes ago", "Today", "Yesterday", "Tuesday", "3 weeks ago", then the date.

    Days are days of the reader's time zone, the current one.
    """
    here = timezone.localtime(moment)
    today = timezone.localtime(now)
    minutes = int((today - here).total_seconds() // 60)
    days = (today.date() - here.date()).days
    if 0 <= minutes < 1:
        return _("Just now")
    if 0 <= minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {
            "count": minutes
        }
    if 0 <= days < 7:
        return [_("Today"), _("Yesterday")][days] if days < 2 else date_text(here, "l")
    weeks = days // 7
    if 0 < weeks <= WEEKS_AS_WEEKS:
        return ngettext("%(count)s week ago", "%(count)s weeks ago", weeks) % {"count": weeks}
    return date_text(here, _("j F") if here.year == today.year else _("j F Y"))


@register.filter
def teller_link(story: Story) -> SafeString:
    return linked([story.teller])


@register.filter
def words_source(story: Story) -> str:
    """Who said the customer's words and where: "The owner of a kayak school, in an email"."""
    heard = {
        WordsSource.EMAIL: _("in an email"),
        WordsSource.CALL: _("on a call"),
        WordsSource.REVIEW: _("in a review"),
        WordsSource.VISIT: _("on a visit"),
        WordsSource.SURVEY: _("in a survey"),
        WordsSource.SOCIAL: _("in a social post"),
    }
    parts = [story.customer_name, story.customer_role]
    if story.words_source:
        parts.append(heard[WordsSource(story.words_source)])
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]


@register.filter
def cheer_hue(kind: CheerKind) -> str:
    return CHEER_HUES[kind]


@register.filter
def cheered_by(cheering: Cheering) -> SafeString:
    """ "You, Ana and 12 others", names as links."""
    links = [str(linked([person])) for person in cheering.people]
    return in_words(
        [*([_("You")] if cheering.own else []), *map(SafeString, links)], cheering.others
    )


@register.filter
def cheer_summary(cheering: Cheering) -> str:
    """What a screen reader hears after a cheer landed or was taken back."""
    counts = [f"{kind.label} {count}" for kind, count, _own in cheering.kinds if count]
    return ", ".join(counts) or _("No cheers yet")
