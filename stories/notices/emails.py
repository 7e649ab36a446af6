"""The mails, one function each."""

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import Company, User
from kudos.lib.letter import letter
from stories.models import Story
from stories.notices.models import Notice

# A mail is read in a minute; the rest stand under the story.
VOICES_MAX = 10


def _names(people: list[User]) -> str:
    return get_text_list([person.name for person in people], _("and"))


def notice_mail(notice: Notice, story: Story) -> EmailMultiAlternatives:
    """The mail of a notice's kind, with the story in it, in the language of whoever gets it."""
    company = Company.current()
    with translation.override(notice.person.reads(company)):
        return letter(
            notice.kind,
            {
                "notice": notice,
                "person": notice.person,
                "story": story,
                "company": company,
                "voices": story.voices.heard().select_related("teller").reverse()[:VOICES_MAX],
                "names": _names(story.nominees),
                "unanswered": _names(story.still_asked),
            },
            to=notice.person.email or "",
            message_id=notice.message_id,
            date=notice.created_at,
            reply_to=company.reply_to,
        )
