"""Who is who: predicates that read as sentences. What a role may do is decided elsewhere."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import Delegation, User


def is_culture_lead(user: User) -> bool:
    """Runs Kudos for the company."""
    return user.is_active and (user.is_culture_lead or user.is_superuser)


def leading() -> Q:
    """The same, in a query about people."""
    return Q(is_active=True) & (Q(is_culture_lead=True) | Q(is_superuser=True))


def managing() -> Q:
    """Those whom `is_manager` is true of, in a query about people."""
    reports = User.objects.filter(manager=OuterRef("pk"), is_active=True)
    return Q(is_active=True) & Q(Exists(reports))


def is_manager(user: User) -> bool:
    """Has at least one colleague who reports to them today; asked once a request."""
    if not hasattr(user, "_is_manager"):
        user._is_manager = user.is_active and user.reports.filter(is_active=True).exists()  # type: ignore[attr-defined]
    return bool(user._is_manager)  # type: ignore[attr-defined]


def acting_for(user: User) -> list[User]:
    """Whose decisions this person may take today: their own, and those of colleagues who are away
    and have asked them to; asked once a request. Nobody hands on what was handed to them."""
    if not hasattr(user, "_acting_for"):
        user._acting_for = [user, *Delegation.objects.away(user)]  # type: ignore[attr-defined]
    return list(user._acting_for)  # type: ignore[attr-defined]


def reviews_everything(user: User) -> bool:
    """Culture leads do, and whoever stands in for one."""
    return is_culture_lead(user) or any(map(is_culture_lead, acting_for(user)))


def reviews_by_right(user: User) -> bool:
    """Reviews without standing in for anybody, and so may ask somebody to stand in."""
    return is_culture_lead(user) or is_manager(user)


def is_reviewer(user: User) -> bool:
    """Managers and culture leads review the feed (product.md, "The people"), and whoever stands
    in for one of them."""
    return reviews_everything(user) or any(map(is_manager, acting_for(user)))
