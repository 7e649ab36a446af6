"""What every page knows without asking."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import Company


def company(request: HttpRequest) -> dict[str, object]:
    """The company, read only by pages that show it."""
    return {"company": SimpleLazyObject(Company.current)}
