"""What machines ask of this process: whether it lives, and whether it can serve.

Neither depends on the ticker: a beat that is down must not take the web down (that one has an
address of its own, in the digest's watch).
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from secrets import token_hex

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

KEPT_SECONDS = 10


@never_cache
@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 from a process that answers at all; it asks nobody else."""
    return plain("ok")


@never_cache
@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 while the database and the cache answer; 503 naming those that do not."""
    broken = [sentence for sentence, check in CHECKS.items() if not _works(check)]
    if broken:
        return plain("\n".join(broken), HTTPStatus.SERVICE_UNAVAILABLE)
    return plain("ok")


def plain(text: str, status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache_keeps() -> bool:
    token = token_hex(8)
    cache.set(f"health-{token}", token, KEPT_SECONDS)
    kept = cache.get(f"health-{token}")
    cache.delete(f"health-{token}")
    return bool(kept == token)


def _works(check: Callable[[], bool]) -> bool:
    """Whatever an engine raises, it is that engine which is ill. What it says may hold its
    address, with the password: only the kind of error is logged."""
    try:
        return check()
    except Exception as error:
        logger.warning("%s failed: %s", check.__name__, type(error).__name__)
        return False


CHECKS: dict[str, Callable[[], bool]] = {
    "The database does not answer.": _database_answers,
    "The cache does not answer.": _cache_keeps,
}
