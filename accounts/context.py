"""What every page knows without asking."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import roles
from accounts.models import Company, User


def company_of(request: HttpRequest) -> Company:
    """The company, read once a request."""
    if not hasattr(request, "_company"):
        request._company = Company.current()  # type: ignore[attr-defined]
    return request._company  # type: ignore[attr-defined, no-any-return]


def company(request: HttpRequest) -> dict[str, object]:
    """The company, read only by pages that show it."""
    return {"company": SimpleLazyObject(lambda: company_of(request))}


def roles_of(request: HttpRequest) -> dict[str, object]:
    """What the navigation depends on, asked only by pages that show it."""
    return {"is_manager": SimpleLazyObject(lambda: _is_manager(request.user))}


def _is_manager(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and roles.is_manager(user)
