"""The words that culture leads give an edition: two may be writing at once, or one in two windows,
and a story that they speak of may go."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import History, User
from kudos.lib.text import one_line
from stories.digests.desk.errors import DeskError
from stories.digests.desk.verbs import DeskVerb
from stories.digests.models import Edition
from stories.models import Story


class Words(NamedTuple):
    """The edition's own subject and its note, "" for none."""

    subject: str
    note: str

    @classmethod
    def of(cls, edition: Edition) -> Words:
        return cls(edition.own_subject, edition.note)

    def tidied(self) -> Words:
        """As they are stored: a form may have them with line breaks of two characters."""
        return Words(one_line(self.subject), "\n".join(self.note.strip().splitlines()))


def merged(typed: Words, *, shown: Words, stored: Words, own: set[str]) -> Words:
    """What was `typed` over what was `shown`, beside what was `stored` meanwhile: by whoever typed
    it too, in another window, where its name is among `own`, else by somebody else. Raises
    DeskError with the other text where both changed the same one."""
    refused = [
        _said(name, theirs, is_own=name in own)
        for name, mine, seen, theirs in zip(Words._fields, typed, shown, stored, strict=True)
        if theirs not in (seen, mine) and mine != seen
    ]
    if refused:
        raise DeskError(" ".join(refused))
    return Words(
        *(
            theirs if mine == seen else mine
            for mine, seen, theirs in zip(typed, shown, stored, strict=True)
        )
    )


def speaks_of_a_story_gone(edition: Edition) -> bool:
    """Whether a subject or a note of their own may still tell of a story that is not for everybody
    any more: one that was picked, and has been hidden, withdrawn or made private since."""
    if not edition.pk or not any(Words.of(edition)):
        return False
    picked = Story.objects.filter(pick__edition=edition)
    return picked.exclude(pk__in=Story.objects.on_feed().values("pk")).exists()


def written_by(person: User, edition: Edition) -> set[str]:
    """Which of the words, by their names in `Words`, this person was the last to change."""
    last = dict[str, int | None]()
    for row in History.objects.about(edition).filter(verb=DeskVerb.WORD):
        last |= dict.fromkeys(row.after, row.actor_id)
    names = {"own_subject": "subject", "note": "note"}
    return {names[field] for field, actor in last.items() if actor == person.pk}


def _said(name: str, theirs: str, *, is_own: bool) -> str:
    return (_own if is_own else _others)(name, theirs) % {"text": theirs}


def _own(name: str, theirs: str) -> str:
    if name == "subject":
        if not theirs:
            return _("You emptied the subject in another window. This one is not saved yet.")
        return _(
            "You changed the subject in another window: “%(text)s”. This one is not saved yet."
        )
    if not theirs:
        return _("You emptied the note in another window. This one is not saved yet.")
    return _("You changed the note in another window: “%(text)s”. This one is not saved yet.")


def _others(name: str, theirs: str) -> str:
    if name == "subject":
        if not theirs:
            return _("Somebody else has emptied the subject meanwhile. Yours is not saved yet.")
        return _(
            "Somebody else has changed the subject meanwhile: “%(text)s”. Yours is not saved yet."
        )
    if not theirs:
        return _("Somebody else has emptied the note meanwhile. Yours is not saved yet.")
    return _("Somebody else has changed the note meanwhile: “%(text)s”. Yours is not saved yet.")
