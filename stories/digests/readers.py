"""Who gets the digest."""

from django.db.models import QuerySet

from accounts.models import DigestChoice, User


def subscribed() -> QuerySet[User]:
    """Active people with an address who want it (digest.md, "What an edition is")."""
    return User.objects.filter(
        is_active=True, digest=DigestChoice.WEEKLY, email__isnull=False
    ).exclude(email="")


def zones(company_zone: str) -> set[str]:
    """The distinct time zones of those who get it; people who chose none live in the company's."""
    chosen = subscribed().order_by().values_list("time_zone", flat=True).distinct()
    return {zone or company_zone for zone in chosen}
