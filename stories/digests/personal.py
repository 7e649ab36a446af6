"""The few words of a copy that are one reader's own."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kudos.lib.letter import wrapped
from stories.digests import wording
from stories.digests.addresses import one_line

NAME_MAX = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom a copy is for: keys, a name and an address as the rows have them, and the two things
    that are theirs alone."""

    person: int
    name: str
    department: int | None
    address: str
    unsubscribe_url: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Own:
    """The personal block: a sentence that stands out, and one after it."""

    first: str
    more: str

    def as_text(self) -> str:
        """As the plain part says it."""
        return wrapped(f"{self.first} {self.more}")


class Greeting:
    """How a reader is greeted in the language that is active now."""

    def __init__(self) -> None:
        self.hello, self.hello_name = _("Hello,"), _("Hello %(name)s,")

    def of(self, name: str) -> str:
        """With the first of their names, as people are greeted everywhere in Kudos."""
        first = one_line(name).partition(" ")[0]
        if not first:
            return self.hello
        return self.hello_name % {"name": wording.fit(first, NAME_MAX)}


def own_block(reader: Reader, facts: dict[str, Any]) -> Own | None:
    """The nearest that applies: you were celebrated, your department was, your customers were."""
    stories = facts["stories"]
    celebrated = [story for story in stories if reader.person in story["nominees"]]
    if celebrated:
        return _celebrated(celebrated)
    if reader.department is None:
        return None
    team = [story for story in stories if reader.department in story["departments"]]
    if team:
        return _team(len(team))
    served = facts["serves"].get(str(reader.department), [])
    names = dict.fromkeys(s["group_name"] for s in stories if s["group"] in served)
    return _customers(list(names)) if names else None


def _celebrated(stories: list[dict[str, Any]]) -> Own:
    if len(stories) > 1:
        first = ngettext(
            "%(count)d of these stories celebrates you.",
            "%(count)d of these stories celebrate you.",
            len(stories),
        ) % {"count": len(stories)}
    else:
        first = _("You are celebrated this week: “%(headline)s”.") % stories[0]
    return Own(first, _("The whole company reads it today. Enjoy it."))


def _team(count: int) -> Own:
    first = ngettext(
        "One of these stories is from your department.",
        "%(count)d of these stories are from your department.",
        count,
    )
    return Own(first % {"count": count}, _("Say well done when you meet."))


def _customers(groups: list[str]) -> Own:
    first = _("Your customers were looked after this week: %(groups)s.")
    return Own(first % {"groups": wording.few(groups)}, _("See how, and borrow the idea."))
