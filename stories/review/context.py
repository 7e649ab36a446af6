"""What the navigation says of the review."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import roles
from accounts.models import User
from stories.review.queue import Queue
from stories.review.tabs import WAITING


def waiting(request: HttpRequest) -> dict[str, object]:
    """Whether its reader reviews, and how many stories wait for them, asked only where shown."""
    user = request.user
    return {
        "is_reviewer": SimpleLazyObject(lambda: isinstance(user, User) and roles.is_reviewer(user)),
        "waiting_count": SimpleLazyObject(
            lambda: Queue(WAITING, user).count() if isinstance(user, User) else 0
        ),
    }
