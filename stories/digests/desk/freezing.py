"""Fixing an edition ahead of its hour."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import History, User
from stories.digests.desk.errors import DeskError
from stories.digests.desk.holding import hold
from stories.digests.desk.verbs import DeskVerb
from stories.digests.freeze import freeze
from stories.digests.models import Edition, EditionState
from stories.digests.rendering import UnrenderableError


@transaction.atomic
def freeze_now(edition: Edition, *, by: User) -> None:
    """Fix the stories now; what is published later goes into the next edition. The copies still
    leave at each reader's hour. Raises DeskError where it is not planned any more, has nothing to
    tell, or cannot be rendered."""
    hold(edition, EditionState.PLANNED)
    fix(edition, cutoff_at=min(timezone.now(), edition.cutoff_at))
    History.objects.record(DeskVerb.FREEZE, edition, actor=by)


def fix(edition: Edition, *, cutoff_at: datetime) -> None:
    """Freeze an edition that is held. Raises DeskError where it has nothing to tell, or cannot be
    rendered."""
    try:
        freeze(edition, cutoff_at=cutoff_at)
    except UnrenderableError as error:
        raise DeskError(_("This edition cannot be written: %(why)s") % {"why": error}) from error
    if edition.state != EditionState.FROZEN:
        # A quiet week is given up at its hour: until then there may be a story.
        raise DeskError(_("There is no story to tell yet."))
