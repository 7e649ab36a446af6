"""What every page knows without asking."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Company


def company_of(request: HttpRequest) -> Company:
    """The company, read once a request."""
    if not hasattr(request, "_company"):
        request._company = Company.current()  # type: ignore[attr-defined]
    return request._company  # type: ignore[attr-defined, no-any-return]


def company(request: HttpRequest) -> dict[str, object]:
    """The company, read only by pages that show it."""
    return {"company": SimpleLazyObject(lambda: company_of(request))}
