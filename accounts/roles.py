"""Who is who: predicates that read as sentences. What a role may do is decided elsewhere."""

from accounts.models import User


def is_culture_lead(user: User) -> bool:
    """Runs Kudos for the company."""
    return user.is_active and (user.is_culture_lead or user.is_superuser)


def is_manager(user: User) -> bool:
    """Has at least one colleague who reports to them today; asked once a request."""
    if not hasattr(user, "_is_manager"):
        user._is_manager = user.is_active and user.reports.filter(is_active=True).exists()  # type: ignore[attr-defined]
    return bool(user._is_manager)  # type: ignore[attr-defined]


def is_reviewer(user: User) -> bool:
    """Managers and culture leads review the feed (product.md, "The people")."""
    return is_culture_lead(user) or is_manager(user)
