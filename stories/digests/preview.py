"""One person's copy of an edition, as it would leave now."""

from copy import copy
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Company, User
from stories.digests.desk.lineup import as_of_now, lineup
from stories.digests.desk.planning import follow_schedule, upcoming
from stories.digests.message import Shared
from stories.digests.models import DeskMail, Edition, EditionState, UnsubscribeToken
from stories.digests.personal import Reader
from stories.digests.rendering import link, render
from stories.digests.schedule import week_start


@dataclass(frozen=True, slots=True)
class Preview:
    """A finished copy taken apart: both bodies, the headers as a mail program decodes them, and
    its size on the way in bytes."""

    html: str
    text: str
    headers: list[tuple[str, str]]
    size: int


def preview(person: User) -> bytes:
    """The person's copy of this week's edition; before there is one, of what would leave now.
    Raises ValueError where they have no address."""
    return _copy(person, _shared(this_week(), _language(person), timezone.now()), _no_id())


def preview_parts(person: User, edition: Edition) -> Preview:
    """The person's copy of this edition. Raises ValueError where they have no address."""
    content = _copy(person, _shared(edition, _language(person), timezone.now()), _no_id())
    message = message_from_bytes(content, policy=policy.default)
    return Preview(
        html=_body(message, "html"),
        text=_body(message, "plain"),
        headers=[(name, str(value)) for name, value in message.items()],
        size=len(content),
    )


def copy_of_test(mail: DeskMail) -> bytes:
    """The culture lead's own copy, its subject marked as a test; the same bytes if it is made
    twice of one edition. Raises ValueError where they have no address."""
    language = _language(mail.person)
    follow_schedule(mail.edition)
    shared = _shared(mail.edition, language, mail.created_at, is_test=True)
    return _copy(mail.person, shared, mail.message_id)


def this_week() -> Edition:
    """This week's edition once it is frozen, also when it was sent; until then the one to come."""
    start = week_start(timezone.now(), Company.current().time_zone)
    begun = [EditionState.FROZEN, EditionState.SENDING, EditionState.SENT]
    return Edition.objects.filter(week_start=start, state__in=begun).first() or upcoming()


def _language(person: User) -> str:
    return person.reads(Company.current())


def _shared(edition: Edition, language: str, at: datetime, *, is_test: bool = False) -> Shared:
    """What the copies share, of what everybody may read at this moment. Stores nothing."""
    draft = copy(as_of_now(edition))
    draft.mail_date = edition.mail_date or at
    rendering = render(draft, [placed.story for placed in lineup(edition)], language)
    if is_test:
        with translation.override(language):
            rendering.subject = _("[Test] %(subject)s") % {"subject": rendering.subject}
    return Shared(draft, rendering)


def _copy(person: User, shared: Shared, message_id: str) -> bytes:
    """Its way out leads nowhere: the reader's own link is theirs alone."""
    return shared.copy_for(
        Reader(
            person=person.pk,
            name=person.name,
            department=person.department_id,
            address=person.email or "",
            unsubscribe_url=link(reverse("digest:unsubscribe", args=[UnsubscribeToken.OF_NOBODY])),
            message_id=message_id,
        )
    )


def _no_id() -> str:
    return f"<preview@{settings.PUBLIC.hostname}>"


def _body(message: EmailMessage, kind: str) -> str:
    return str(cast(EmailMessage, message.get_body((kind,))).get_content())
