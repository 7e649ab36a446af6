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


def below(managers: Collection[int]) -> QuerySet[User]:
    """Everybody who reports to one of these people, directly or not. A manager who has left still
    links those above to those below."""
    if not managers:
        return User.objects.none()
    places = ", ".join(["%s"] * len(managers))
    return User.objects.filter(pk__in=RawSQL(BELOW % places, sorted(managers)))  # noqa: S611
