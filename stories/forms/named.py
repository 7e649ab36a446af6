"""Who was picked for a story, and what stands against somebody in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from stories.models import Story

PICKERS = ("nominees", "helping_hands")
REFERENCE = re.compile(r"[0-9a-z]{1,20}")


@dataclass(frozen=True, slots=True)
class Picked:
    """The references that came for one picker, and the people behind them, each once."""

    refs: list[str] = field(default_factory=list)
    people: list[User] = field(default_factory=list)

    @property
    def has_strangers(self) -> bool:
        return not set(self.refs) <= {person.ref for person in self.people}

    @property
    def twice(self) -> list[User]:
        return [person for person in self.people if self.refs.count(person.ref) > 1]


def look_up(picked: Mapping[str, list[str]]) -> dict[str, Picked]:
    """The people of every picker, in the order of their references, in one query."""
    wanted = well_formed(ref for refs in picked.values() for ref in refs)
    known = {
        person.ref: person
        for person in User.objects.filter(ref__in=wanted).select_related("department")
    }
    return {
        name: Picked(refs, [known[ref] for ref in dict.fromkeys(refs) if ref in known])
        for name, refs in picked.items()
    }


def well_formed(refs: Iterable[str]) -> set[str]:
    """Those that could be somebody's: a forged one never reaches the database."""
    return {ref for ref in refs if REFERENCE.fullmatch(ref)}


@dataclass(frozen=True, slots=True)
class Eligible:
    """Who may be named: everybody who works here, but nobody in their own story.

    Those whom the story names already stay, also when they have left since.
    """

    authors: Collection[int]
    already: Collection[int] = ()

    @classmethod
    def for_story(cls, story: Story | None, by: User) -> Eligible:
        if story is None:
            return cls({by.pk})
        is_told = story.is_published or story.is_waiting
        already = {named.person_id for named in story.named.all()} if is_told else set()
        return cls({by.pk, story.teller_id}, already)

    def __call__(self, person: User) -> bool:
        return person.pk in self.already or (person.is_active and person.pk not in self.authors)

    def complaints(self, picked: Picked) -> Iterator[ValidationError]:
        """One sentence for each thing that is wrong with who was picked."""
        if picked.has_strangers:
            yield ValidationError(
                _("One of these people was not found. Pick them again."), code="unknown"
            )
        for person in picked.twice:
            text = _("%(name)s was picked twice. Once is enough.")
            yield ValidationError(text, params={"name": person.name}, code="twice")
        for person in picked.people:
            if self(person):
                continue
            if person.is_active:
                text = _("A story celebrates others: %(name)s is telling or changing this one.")
            else:
                text = _("%(name)s no longer works here, so a new story cannot name them.")
            yield ValidationError(text, params={"name": person.name}, code="not_eligible")
