"""What a culture lead changes in an edition before it has left.

Every verb raises DeskError where the edition's state does not allow it, and where a story that it
is about is no longer there: somebody else may have been at the desk. A change that changes nothing
leaves no trace.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.changes import record, snapshot
from accounts.models import Company, History, User
from stories.digests.desk.adding import why_not
from stories.digests.desk.errors import DeskError
from stories.digests.desk.holding import hold, hold_stories
from stories.digests.desk.lineup import Placed, lineup
from stories.digests.desk.verbs import DeskVerb
from stories.digests.desk.words import Words, merged, written_by
from stories.digests.models import Edition, EditionState, Pick
from stories.models import Story

STORIES_MOST = 8
PLANNED, FROZEN, SENDING = EditionState.PLANNED, EditionState.FROZEN, EditionState.SENDING


@transaction.atomic
def move(edition: Edition, story: Story, to: int, *, by: User) -> None:
    """Put a story into place `to`, 0 first; beyond the ends means the nearest end.
    While planned or frozen."""
    hold(edition, PLANNED, FROZEN)
    placed = _as_stored(edition)
    moved = _of(story, placed)
    others = [other for other in placed if other is not moved]
    to = max(0, min(to, len(others)))
    if to == moved.position:
        return
    _keep(edition, _rows(edition, [*others[:to], moved, *others[to:]]))
    History.objects.record(
        DeskVerb.MOVE,
        edition,
        actor=by,
        before={"story": story.ref, "place": moved.position},
        after={"story": story.ref, "place": to},
    )


@transaction.atomic
def arrange(edition: Edition, order: Sequence[str], *, by: User) -> None:
    """Put the stories into the order of these references; those not among them follow as they
    stood. While planned or frozen."""
    hold(edition, PLANNED, FROZEN)
    placed = _as_stored(edition)
    before = {one.story.ref: one for one in placed}
    if not before.keys() >= set(order):
        raise DeskError(_("The stories have changed meanwhile. Here is how they are now."))
    after = dict.fromkeys([*order, *before])
    if list(after) == list(before):
        return
    _keep(edition, _rows(edition, [before[ref] for ref in after]))
    History.objects.record(
        DeskVerb.ARRANGE,
        edition,
        actor=by,
        before={"stories": list(before)},
        after={"stories": list(after)},
    )


@transaction.atomic
def take_out(edition: Edition, story: Story, *, by: User) -> None:
    """Tell this story not: no copy that is fenced from now on has it. While planned, frozen or
    sending. Before the freeze the next best is suggested in its place."""
    hold(edition, PLANNED, FROZEN, SENDING)
    _of(story, lineup(edition))
    hold_stories([story.pk])
    edition.left_out.add(story)
    if edition.state != SENDING:
        edition.picks.filter(story=story).delete()
    edition.outdate()
    History.objects.record(DeskVerb.TAKE_OUT, edition, actor=by, before={"story": story.ref})


@transaction.atomic
def add(edition: Edition, story: Story, *, by: User) -> None:
    """Tell this story too, at the end, at most 8 in all. It must be on the feed, of the edition's
    weeks, and in no other edition. While planned or frozen."""
    hold(edition, PLANNED, FROZEN)
    placed = _as_stored(edition)
    if story.pk in {one.story.pk for one in placed}:
        raise DeskError(_("This story is in the edition already."))
    if len(placed) >= STORIES_MOST:
        raise DeskError(
            _("An edition has room for %(most)d stories. Take one out first.")
            % {"most": STORIES_MOST}
        )
    hold_stories([story.pk])
    if why := why_not(edition, story):
        raise DeskError(why)
    edition.left_out.remove(story)
    _keep(edition, [*_rows(edition, placed), Pick(edition=edition, story=story, chosen_by=by)])
    History.objects.record(DeskVerb.ADD, edition, actor=by, after={"story": story.ref})


@transaction.atomic
def suggest_afresh(edition: Edition, *, by: User) -> None:
    """Forget what culture leads put in, moved and took out. While planned."""
    hold(edition, PLANNED)
    if not (edition.picks.exists() or edition.left_out.exists()):
        return
    edition.picks.all().delete()
    edition.left_out.clear()
    History.objects.record(DeskVerb.AFRESH, edition, actor=by)


@transaction.atomic
def word(edition: Edition, *, subject: str, note: str, by: User, shown: Words) -> None:
    """Set the edition's own subject ("" means the automatic one) and its note, as a form has
    checked them. While planned or frozen.

    `shown` is what stood in the form when it was opened. What is as it was shown stays as it may
    have been written meanwhile, by somebody else or in another window; raises DeskError where both
    changed the same.
    """
    hold(edition, PLANNED, FROZEN)
    fields = ["own_subject", "note"]
    before, stored = snapshot(edition, fields), Words.of(edition)
    typed = Words(subject, note).tidied()
    own = written_by(by, edition)
    kept = merged(typed, shown=shown.tidied(), stored=stored, own=own)
    edition.own_subject, edition.note = kept
    if record(DeskVerb.WORD, edition, actor=by, before=before, after=snapshot(edition, fields)):
        edition.save(update_fields=fields)
        edition.outdate()


def _of(story: Story, placed: Sequence[Placed]) -> Placed:
    for one in placed:
        if one.story.pk == story.pk:
            return one
    raise DeskError(_("This story is not in the edition any more."))


def _as_stored(edition: Edition) -> list[Placed]:
    """The stories with their reasons in the company's language: every culture lead reads them."""
    with translation.override(Company.current().language):
        return lineup(edition)


def _rows(edition: Edition, placed: Sequence[Placed]) -> list[Pick]:
    """What is shown as picks, so that it stays as it is shown. An automatic one keeps its reason;
    "chosen by" is said anew in each reader's language."""
    return [
        Pick(
            edition=edition,
            story=one.story,
            reason="" if one.chosen_by else one.reason,
            chosen_by=one.chosen_by,
        )
        for one in placed
    ]


def _keep(edition: Edition, rows: list[Pick]) -> None:
    """Make these the edition's picks, in their order. One that is hidden for now stays behind
    them, in case it is shown again."""
    kept = {row.story_id for row in rows}
    hidden = [row for row in edition.picks.all() if row.story_id not in kept]
    hold_stories([row.story_id for row in [*rows, *hidden]])
    edition.picks.all().delete()
    for place, row in enumerate([*rows, *hidden]):
        row.pk, row.position = None, place
    Pick.objects.bulk_create([*rows, *hidden])
    edition.outdate()
