"""Two people change one story at once: what the second is told, and what stays of both."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from accounts.changes import Snapshot
from accounts.models import User
from stories.comparison import Part, parts
from stories.forms.opening import said_by, told_in
from stories.models import Story
from stories.models.choices import Role
from stories.models.telling import TEXTS, Telling, fingerprint
from stories.replay import versions


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What became of a story since somebody began to change it.

    `people` are the others who changed it, `parts` what they changed; both are empty where `was`,
    what it said then, is nowhere in its history. `both` are the parts that this person changed too.
    """

    people: list[User]
    parts: list[Part]
    both: set[str]


def meanwhile(
    story: Story, typed: QueryDict, telling: Telling, *, seen: str, by: User
) -> tuple[Meanwhile, QueryDict]:
    """Since `seen`, a fingerprint. With what was typed, in which each field that this person left
    alone now says what the story says: saving it does not undo the other's change."""
    told = versions(story)
    at = next((at for at, past in enumerate(told) if fingerprint(past.exactly) == seen), None)
    if at is None:
        return Meanwhile([], [], set()), typed
    was = told[at]
    left_alone = _left_alone(telling, was.exactly)
    merged, now = typed.copy(), said_by(told_in(story, by))
    for name in left_alone:
        said = now[name] if isinstance(now[name], list) else [now[name]]
        merged.setlist(name, list(filter(None, said)))
    changed = [part for part in parts(was.told, told[-1].told) if part.is_changed]
    people = {past.who: None for past in told[at + 1 :] if past.who and past.who != by}
    both = {part.name for part in changed} - left_alone - {"photo", "visibility"}
    return Meanwhile([*people], changed, both), merged


def _left_alone(telling: Telling, was: Snapshot) -> set[str]:
    """The form's fields in which somebody says what the story said when they began."""
    named = {
        role: [ref for as_role, ref in was["named"] if as_role == role] for role in Role.values
    }
    group = telling.customer_group
    alone = {
        "nominees": [person.ref for person in telling.nominees] == named[Role.NOMINEE],
        "helping_hands": [person.ref for person in telling.helping_hands] == named[Role.HELPER],
        "customer_group": (group.name if group else "") == was["customer_group"],
        "values": [value.name for value in telling.values] == was["values"],
    }
    alone |= {name: getattr(telling, name) == was[name] for name in TEXTS}
    return {name for name, is_alone in alone.items() if is_alone}
