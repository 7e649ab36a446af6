"""What the composer opens with: what the story says already, and what may be chosen."""

from collections.abc import Collection
from typing import Any

from accounts.models import Company, User
from stories.models import Moment, Story, Value, Visibility
from stories.models.proposal import told_by
from stories.models.telling import TEXTS, Telling


def told_in(story: Story | None, by: User) -> Telling | None:
    """What the form opens with: the story or, for its teller, what they proposed in its place."""
    if story is None:
        return None
    proposal = story.opened_by(by)
    return proposal.telling() if proposal else told_by(story)


def said_by(telling: Telling | None, nominees: Collection[str] = ()) -> dict[str, Any]:
    """What is told, by the names of the form's fields; a new story names `nominees`."""
    if telling is None:
        return {
            "nominees": list(nominees),
            "moment": Moment.CUSTOMER_LOVE,
            "visibility": Visibility.COMPANY,
        }
    return {name: getattr(telling, name) for name in TEXTS} | {
        "nominees": [person.ref for person in telling.nominees],
        "helping_hands": [person.ref for person in telling.helping_hands],
        "customer_group": str(telling.customer_group.pk if telling.customer_group else ""),
        "values": [str(value.pk) for value in telling.values],
        "visibility": telling.visibility,
    }


def offered_values(telling: Telling | None) -> list[Value]:
    """The company's values, and those that the story shows already."""
    kept = set(telling.values) if telling else set()
    return [value for value in Value.objects.all() if value.is_active or value in kept]


def moments(company: Company, story: Story | None) -> list[tuple[Any, Any]]:
    """The moments to choose from: "Dare to try" where the company has it, or the story is one."""
    dares = company.dare_to_try or (story is not None and story.moment == Moment.DARE_TO_TRY)
    return [
        (value, label) for value, label in Moment.choices if dares or value != Moment.DARE_TO_TRY
    ]
