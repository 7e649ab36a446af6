"""Whether a story is reviewed before anybody reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.models import Company, Department, ReviewPolicy, User

if TYPE_CHECKING:
    from stories.models.story import Story


def is_reviewed_first(story: Story, *also: User) -> bool:
    """Whether the company, or a department of whoever tells or is celebrated, wants it so; `also`
    are those whom an edit celebrates.

    Where departments differ the careful one counts: its people are in the story.
    """
    people = [story.teller_id, *story.named.nominees().values_list("person_id", flat=True)]
    people += [person.pk for person in also]
    departments = Department.objects.filter(people__in=people)
    careful = Q(review_policy=ReviewPolicy.REVIEW_FIRST)
    if Company.current().review_policy == ReviewPolicy.REVIEW_FIRST:
        # Somebody without a department is the company's.
        careful |= Q(review_policy="")
        homeless = (
            story.teller.department_id is None
            or any(person.department_id is None for person in also)
            or story.named.nominees().filter(person__department=None).exists()
        )
        if homeless:
            return True
    return departments.filter(careful).exists()
