"""A page behind a secret link that stops mails (RFC 8058)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

type View = Callable[..., HttpResponse]


def way_out(view: View) -> View:
    """A mail program posts to it without a session or a token. Its address is a secret: nobody
    stores the page, passes its address on, or finds it in a search."""

    @never_cache
    @csrf_exempt
    @login_not_required
    @wraps(view)
    def kept_quiet(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return kept_quiet
