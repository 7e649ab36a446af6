"""The words that culture leads give an edition: two may be writing at once, and a story that they
speak of may go."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from kudos.lib.text import one_line
from stories.digests.desk.errors import DeskError
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


def merged(typed: Words, *, shown: Words, stored: Words) -> Words:
    """What was `typed` over what was `shown`, beside what somebody else has `stored` meanwhile.
    Raises DeskError with the other's text where both changed the same one."""
    refused = [
        _said(name, theirs)
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


def _said(name: str, theirs: str) -> str:
    if name == "subject":
        if not theirs:
            return _("Somebody else has emptied the subject meanwhile. Yours is not saved yet.")
        said = _(
            "Somebody else has changed the subject meanwhile: “%(text)s”. Yours is not saved yet."
        )
    elif not theirs:
        return _("Somebody else has emptied the note meanwhile. Yours is not saved yet.")
    else:
        said = _(
            "Somebody else has changed the note meanwhile: “%(text)s”. Yours is not saved yet."
        )
    return said % {"text": theirs}
