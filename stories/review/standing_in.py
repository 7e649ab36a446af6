"""Who reviews in whose place today, as the review page says it to both."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from accounts import roles
from accounts.models import Company, Delegation, User


@dataclass(slots=True)
class StandingIn:
    """One row for each colleague, the one that ends last: `for_them` in whose place this person
    reviews, `for_me` who reviews in theirs."""

    for_them: list[Delegation] = field(default_factory=list)
    for_me: list[Delegation] = field(default_factory=list)


def standing_in(person: User, company: Company) -> StandingIn:
    """What holds today, of those who review by right; in one query."""
    by_right = User.objects.filter(roles.leading() | roles.managing())
    rows = (
        Delegation.objects.holding(company)
        .filter(Q(delegate=person) | Q(reviewer=person), reviewer__in=by_right)
        .select_related("reviewer", "delegate")
        .order_by("last_day", "pk")
    )
    for_them: dict[int, Delegation] = {}
    for_me: dict[int, Delegation] = {}
    for row in rows:
        if row.delegate_id == person.pk:
            for_them[row.reviewer_id] = row
        else:
            for_me[row.delegate_id] = row
    return StandingIn(list(for_them.values()), list(for_me.values()))
