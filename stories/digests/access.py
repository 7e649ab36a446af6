"""Who may do what with the digest: the only place where that is decided."""

from accounts import roles
from accounts.models import User


def may_run_the_desk(user: User) -> bool:
    """Culture leads run the digest (product.md, "The people")."""
    return roles.is_culture_lead(user)
