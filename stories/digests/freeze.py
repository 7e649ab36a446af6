"""Fixing an edition: what it covers, what it tells, and the parts that every copy shares."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation

from accounts.models import Company
from accounts.models.company import QuietWeek
from stories.digests.candidates import choose
from stories.digests.models import Edition, EditionState, Pick
from stories.digests.picking import Choice
from stories.digests.reasons import QUIET
from stories.digests.rendering import rendering_for
from stories.digests.timing import TIMING
from stories.models import Story


def freeze(edition: Edition, *, cutoff_at: datetime | None = None) -> None:
    """Take a planned edition to `frozen`, or give a quiet week up where the company wants that.

    `cutoff_at` is for whoever freezes it ahead of its hour: what is published later goes into
    the next. Does nothing to an edition that is past it, so that it can be called again. Raises
    UnrenderableError, and then nothing has changed.
    """
    with transaction.atomic():
        edition.refresh_from_db(from_queryset=Edition.objects.select_for_update())
        if edition.state != EditionState.PLANNED:
            return
        edition.cutoff_at = cutoff_at or edition.cutoff_at
        edition.covers_from = covers_from(edition.cutoff_at)
        company = Company.current()
        # The reasons are stored, and every culture lead reads them.
        with translation.override(company.language):
            choices = still_to_be_read(choose(edition))
        if not choices and company.quiet_week == QuietWeek.SKIP:
            edition.save()
            edition.abort(by=None, note=QUIET)
            return
        _keep(edition, choices)
        edition.state = EditionState.FROZEN
        edition.mail_date = timezone.now()
        edition.save()
        rendering_for(edition, company.language)


def _keep(edition: Edition, choices: list[Choice]) -> None:
    """Make `choices` the edition's picks, those that a culture lead put in still as theirs."""
    own = {row.story_id: row for row in edition.picks.all()}
    edition.picks.all().delete()
    Pick.objects.bulk_create(
        Pick(
            edition=edition,
            story_id=choice.story,
            position=place,
            reason=own[choice.story].reason if choice.story in own else choice.reason,
            chosen_by_id=own[choice.story].chosen_by_id if choice.story in own else None,
        )
        for place, choice in enumerate(choices)
    )


def covers_from(cutoff_at: datetime) -> datetime:
    """The cutoff of the edition last sent, at most four weeks back: a missed week loses nothing."""
    earlier = Edition.objects.sent().filter(cutoff_at__lt=cutoff_at)
    last = earlier.aggregate(last=Max("cutoff_at"))["last"]
    reach = cutoff_at - TIMING.reach_back
    return max(last, reach) if last else reach


def still_to_be_read(choices: list[Choice]) -> list[Choice]:
    """Those of `choices` that everybody may read, and may until this transaction ends.

    Waits for whoever is changing one: a change that is not committed yet finds no pick to take
    back, so that it has to be seen here.
    """
    stories = Story.objects.filter(pk__in=[choice.story for choice in choices])
    # In the order of their keys, so that two who hold several never wait for each other.
    held = [story.pk for story in stories.select_for_update().order_by("pk").only("pk")]
    readable = set(Story.objects.on_feed().filter(pk__in=held).values_list("pk", flat=True))
    return [choice for choice in choices if choice.story in readable]
