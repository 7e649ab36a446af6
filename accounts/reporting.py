"""Who reports to whom, all levels down.

`UNION` drops who was met already, so that a chain of managers that an import has closed to a circle
ends all the same.
"""

from collections.abc import Collection

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from accounts.models import User

BELOW = """
WITH RECURSIVE line(id) AS (
    SELECT id FROM accounts_user WHERE manager_id IN (%s)
    UNION
    SELECT person.id FROM accounts_user person JOIN line ON person.manager_id = line.id
) SELECT id FROM line
"""


ABOVE = """
WITH RECURSIVE line(id) AS (
    SELECT manager_id FROM accounts_user WHERE id IN (%s) AND manager_id IS NOT NULL
    UNION
    SELECT person.manager_id FROM accounts_user person JOIN line ON person.id = line.id
    WHERE person.manager_id IS NOT NULL
) SELECT id FROM line
"""


def above(people: Collection[int]) -> QuerySet[User]:
    """Everybody to whom one of these people reports, directly or not."""
    return _line(ABOVE, people)


def below(managers: Collection[int]) -> QuerySet[User]:
    """Everybody who reports to one of these people, directly or not. A manager who has left still
    links those above to those below."""
    return _line(BELOW, managers)


def _line(query: str, people: Collection[int]) -> QuerySet[User]:
    if not people:
        return User.objects.none()
    places = ", ".join(["%s"] * len(people))
    return User.objects.filter(pk__in=RawSQL(query % places, sorted(people)))  # noqa: S611
