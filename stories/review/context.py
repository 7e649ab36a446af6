"""What the navigation says of the review."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import roles
from accounts.models import User
from stories.review.queue import counts, due
from stories.review.tabs import DUE


def reviewing(request: HttpRequest) -> dict[str, object]:
    """Whether its reader reviews, and how much is due, asked only where shown."""
    return {
        "is_reviewer": SimpleLazyObject(lambda: _is_reviewer(request.user)),
        "due_count": SimpleLazyObject(lambda: _count(request.user)),
    }


def _is_reviewer(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and roles.is_reviewer(user)


def _count(user: User | AnonymousUser) -> int:
    return due(counts(user, DUE)) if isinstance(user, User) else 0
