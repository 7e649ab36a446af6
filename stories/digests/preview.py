"""One person's copy of an edition, as it would leave now."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Company, User
from stories.digests.candidates import choose
from stories.digests.freeze import covers_from
from stories.digests.message import Shared
from stories.digests.models import Edition, EditionState
from stories.digests.personal import Reader
from stories.digests.rendering import link, render
from stories.digests.schedule import week_start
from stories.models import Story


@dataclass(frozen=True, slots=True)
class Preview:
    """A finished copy taken apart: both bodies, the headers as a mail program decodes them, and
    its size on the way in bytes."""

    html: str
    text: str
    headers: list[tuple[str, str]]
    size: int


def preview(person: User) -> bytes:
    """The finished message. Writes no row, and its way out leads nowhere: the reader's own link
    is theirs alone. Raises ValueError where the person has no address."""
    shared = this_week()
    return shared.copy_for(
        Reader(
            person=person.pk,
            name=person.name,
            department=person.department_id,
            address=person.email or "",
            unsubscribe_url=link(reverse("digest:unsubscribe", args=["preview"])),
            message_id=f"<preview@{settings.PUBLIC.hostname}>",
        )
    )


def preview_parts(person: User, edition: Edition) -> Preview:
    """The person's copy of this edition. Raises ValueError where the person has no address."""
    raise NotImplementedError


def this_week() -> Shared:
    """This week's edition with what everybody may read today of its picks; before it is frozen,
    with what it would pick at this moment."""
    now = timezone.now()
    start = week_start(now, Company.current().time_zone)
    frozen = Edition.objects.filter(
        week_start=start,
        state__in=[EditionState.FROZEN, EditionState.SENDING, EditionState.SENT],
    ).first()
    if frozen is not None:
        return Shared(frozen, render(frozen, frozen.picked(), settings.LANGUAGE_CODE))
    draft = Edition(week_start=start, cutoff_at=now, covers_from=covers_from(now), mail_date=now)
    chosen = [choice.story for choice in choose(draft)]
    stories = {story.pk: story for story in Story.objects.filter(pk__in=chosen).with_card()}
    ordered = [stories[key] for key in chosen]
    return Shared(draft, render(draft, ordered, settings.LANGUAGE_CODE))
