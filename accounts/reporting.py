"""Who reports to whom, all levels down and all levels up.

Both walks are one query. `UNION` drops who was met already, so that a chain of managers that an
import has closed to a circle ends all the same.
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
    SELECT manager_id FROM accounts_user WHERE id IN (%s)
    UNION
    SELECT person.manager_id FROM accounts_user person JOIN line ON person.id = line.id
) SELECT id FROM line WHERE id IS NOT NULL
"""


def below(managers: Collection[int]) -> QuerySet[User]:
    """Everybody who reports to one of these people, directly or not. A manager who has left still
    links those above to those below."""
    return _walk(BELOW, managers)


def above(people: Collection[int]) -> QuerySet[User]:
    """Everybody to whom one of these people reports, directly or not."""
    return _walk(ABOVE, people)


def _walk(sql: str, start: Collection[int]) -> QuerySet[User]:
    if not start:
        return User.objects.none()
    places = ", ".join(["%s"] * len(start))
    return User.objects.filter(pk__in=RawSQL(sql % places, sorted(start)))  # noqa: S611
