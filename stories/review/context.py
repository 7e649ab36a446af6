"""What the navigation says of the review."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import roles
from accounts.models import User
from stories.review.queue import Queue
from stories.review.tabs import WAITING


def waiting(request: HttpRequest) -> dict[str, object]:
    """Whether its reader reviews, and how many stories wait for them, asked only where shown."""
    return {
        "is_reviewer": SimpleLazyObject(lambda: _is_reviewer(request.user)),
        "waiting_count": SimpleLazyObject(lambda: _count(request.user)),
    }


def _is_reviewer(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and roles.is_reviewer(user)


def _count(user: User | AnonymousUser) -> int:
    return Queue(WAITING, user).count() if isinstance(user, User) else 0
