"""What all mails of this room have: their reader's language, and the way out of their kind."""

from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from accounts.models import Company
from kudos.lib.letter import letter
from stories.notices.models import Kind, Notice, Reminder, StandInNotice
from stories.notices.off import off_headers, off_url


def letter_of(
    mail: Notice | Reminder | StandInNotice,
    kind: Kind | str,
    facts: Callable[[Company], dict[str, Any]],
) -> EmailMultiAlternatives:
    """The mail of that kind, with what `facts` says once its reader's language is active."""
    company = Company.current()
    way_out = off_url(mail.person, kind)
    with translation.override(mail.person.reads(company)):
        return letter(
            kind,
            {"person": mail.person, "company": company, "off_url": way_out, **facts(company)},
            to=mail.person.email or "",
            message_id=mail.message_id,
            date=mail.created_at,
            reply_to=company.reply_to,
            headers=off_headers(way_out),
        )
