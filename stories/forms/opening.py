"""What the composer opens with: what the story says already, and what may be chosen."""

from collections.abc import Collection
from typing import Any

from accounts.models import Company
from stories.models import Moment, Story, Value, Visibility
from stories.models.telling import TEXTS


def said_by(story: Story | None, nominees: Collection[str] = ()) -> dict[str, Any]:
    """What the story says now, by the names of the form's fields; a new one names `nominees`."""
    if story is None:
        return {
            "nominees": list(nominees),
            "moment": Moment.CUSTOMER_LOVE,
            "visibility": Visibility.COMPANY,
        }
    return {name: getattr(story, name) for name in TEXTS} | {
        "nominees": [person.ref for person in story.nominees],
        "helping_hands": [person.ref for person in story.helping_hands],
        "customer_group": str(story.customer_group_id or ""),
        "values": [str(value.pk) for value in story.values.all()],
        "visibility": story.visibility,
    }


def offered_values(story: Story | None) -> list[Value]:
    """The company's values, and those that the story shows already."""
    kept = set(story.values.all()) if story else set()
    return [value for value in Value.objects.all() if value.is_active or value in kept]


def moments(company: Company, story: Story | None) -> list[tuple[Any, Any]]:
    """The moments to choose from: "Dare to try" where the company has it, or the story is one."""
    dares = company.dare_to_try or (story is not None and story.moment == Moment.DARE_TO_TRY)
    return [
        (value, label) for value, label in Moment.choices if dares or value != Moment.DARE_TO_TRY
    ]
