"""The mails, one function each."""

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import Company, History, User
from stories import access, decisions
from stories.models import Story
from stories.notices.letters import letter_of
from stories.notices.models import Kind, Notice
from stories.reasons import said
from stories.reports import what_became_of

DECIDED = frozenset(
    {
        Kind.RELEASED,
        Kind.SENT_BACK,
        Kind.HIDDEN,
        Kind.EDIT_RELEASED,
        Kind.EDIT_SENT_BACK,
        Kind.HANDED_OVER,
        Kind.UNREVIEWED,
    }
)
# A mail is read in a minute; the rest stand under the story.
VOICES_MAX = 10


def _names(people: list[User]) -> str:
    return get_text_list([person.name for person in people], _("and"))


def notice_mail(notice: Notice, story: Story) -> EmailMultiAlternatives:
    """The mail of a notice's kind, with the story in it, in the language of whoever gets it."""
    deed = _deed(notice)

    def facts(company: Company) -> dict[str, Any]:
        return {
            "notice": notice,
            "story": story,
            "deed": deed,
            "note": said(deed.note) if deed else "",
            "voices": story.voices.heard().select_related("teller").reverse()[:VOICES_MAX],
            "names": _names(story.nominees),
            "unanswered": _names(story.still_asked),
            **about_reports(notice, story),
        }

    return letter_of(notice, notice.kind, facts)


def _deed(notice: Notice) -> History | None:
    """The decision that it tells of; other kinds' occasions are no rows of history, and that a
    story was published unreviewed from the start is in none of its own."""
    if notice.kind not in DECIDED or not notice.occasion:
        return None
    return History.objects.select_related("actor").get(pk=notice.occasion)


def about_reports(notice: Notice, story: Story) -> dict[str, Any]:
    """What the mails of reports say besides. The story itself is for whoever may read it today."""
    if notice.kind == Kind.REPORTED:
        reports = story.reports.open().newest_first().select_related("reporter")
        return {"reports": list(reports), "is_held": decisions.is_held(story)}
    if notice.kind == Kind.REPORT_OUTCOME:
        report = story.reports.get(pk=notice.occasion)
        readable = story if access.may_see(notice.person, story) else None
        return {"report": report, "outcome": what_became_of(report), "story": readable}
    return {}
