"""Who may decide about a story, and whom it is brought to.

`StoryQuerySet.reviewable_by` asks the same from the reviewer's side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from accounts import roles
from accounts.models import Delegation, User
from accounts.reporting import above
from stories.models.choices import Role
from stories.models.named import Named
from stories.models.proposal import Proposal

if TYPE_CHECKING:
    from stories.models.story import Story

type Managers = dict[int, int | None]


def reviewers_of(story: Story, *, without: Iterable[int] = ()) -> QuerySet[User]:
    """Everybody who may decide about it today: culture leads, the managers above its teller and
    its nominees, and whoever stands in for one of these; nobody whom it is by or about.

    `without` are the keys of more people who may not, nor anybody only because they stand in for
    one of them.
    """
    excluded = {*_itself(story), *without}
    in_line = Q(pk__in=above(_people_of(story)).values("pk")) & roles.managing()
    by_right = User.objects.filter(roles.leading() | in_line).exclude(pk__in=excluded)
    delegates = Delegation.objects.holding().filter(reviewer__in=by_right).values("delegate")
    everybody = User.objects.filter(Q(pk__in=by_right.values("pk")) | Q(pk__in=delegates))
    return everybody.filter(is_active=True).exclude(pk__in=excluded)


def reviewers_of_edit(story: Story) -> QuerySet[User]:
    """Everybody who may decide about the change of it that waits: nobody whom that names."""
    return reviewers_of(story, without=story.proposal.people.values_list("pk", flat=True))


def responsible_for(stories: Collection[Story]) -> dict[int, list[User]]:
    """By story's key, whom it is brought to: the nearest managers of its teller and its nominees,
    with whoever stands in for them, or else the culture leads.

    A fixed number of queries, and one more a level of managers that has to be climbed.
    """
    return _brought(*_excluded_and_start(stories))


def responsible_for_edits(stories: Collection[Story]) -> dict[int, list[User]]:
    """The same of the changes that wait for these stories: to nobody whom these name."""
    excluded, start = _excluded_and_start(stories)
    named = Proposal.people.through.objects.filter(proposal__story__in=excluded)
    for story, person in named.values_list("proposal__story", "user"):
        excluded[story].add(person)
    return _brought(excluded, start)


def _brought(excluded: dict[int, set[int]], start: dict[int, set[int]]) -> dict[int, list[User]]:
    managers = _managers([person for people in start.values() for person in people])
    managing = User.objects.filter(roles.managing(), pk__in=_known(managers))
    active = set(managing.values_list("pk", flat=True))
    nearest = {
        key: {
            found
            for person in people
            if (found := _nearest(person, managers, active - excluded[key])) is not None
        }
        for key, people in start.items()
    }
    return _with_delegates(nearest, excluded)


def _people_of(story: Story) -> list[int]:
    return [story.teller_id, *story.named.nominees().values_list("person_id", flat=True)]


def _itself(story: Story) -> list[int]:
    return [story.teller_id, *story.named.values_list("person_id", flat=True)]


def _excluded_and_start(
    stories: Collection[Story],
) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """By story, whom it is by or about, and those of them whose managers review it."""
    excluded = {story.pk: {story.teller_id} for story in stories}
    start = {story.pk: {story.teller_id} for story in stories}
    for row in Named.objects.filter(story__in=excluded):
        excluded[row.story_id].add(row.person_id)
        if row.role == Role.NOMINEE:
            start[row.story_id].add(row.person_id)
    return excluded, start


def _managers(people: Iterable[int]) -> Managers:
    """Whom each of these, and each of those above them, reports to."""
    known: Managers = {}
    level = set(people)
    while level:
        known |= dict(User.objects.filter(pk__in=level).values_list("pk", "manager_id"))
        above_them = {known[person] for person in level if person in known}
        level = {manager for manager in above_them if manager is not None} - known.keys()
    return known


def _known(managers: Managers) -> set[int]:
    return {*managers, *(manager for manager in managers.values() if manager is not None)}


def _nearest(person: int, managers: Managers, eligible: set[int]) -> int | None:
    """The first above this person who may decide; a circle of managers ends where it closes."""
    met = {person}
    manager = managers.get(person)
    while manager is not None and manager not in met:
        if manager in eligible:
            return manager
        met.add(manager)
        manager = managers.get(manager)
    return None


def _with_delegates(
    nearest: dict[int, set[int]], excluded: dict[int, set[int]]
) -> dict[int, list[User]]:
    fallback = {person.pk for person in User.objects.filter(roles.leading())}
    brought = {key: found or fallback - excluded[key] for key, found in nearest.items()}
    stand_ins: dict[int, set[int]] = defaultdict(set)
    reviewers = set().union(*brought.values())
    for row in Delegation.objects.holding().filter(reviewer__in=reviewers):
        stand_ins[row.reviewer_id].add(row.delegate_id)
    everybody = User.objects.in_bulk(reviewers.union(*stand_ins.values()))
    return {
        key: [
            everybody[person]
            for person in sorted(found.union(*(stand_ins[one] for one in found)) - excluded[key])
        ]
        for key, found in brought.items()
    }
