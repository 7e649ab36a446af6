"""Requests as our views know them."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Request(HttpRequest):
    """A request from somebody signed in, with htmx's details. For type checking only:
    `LoginRequiredMiddleware` and `HtmxMiddleware` make it true."""

    user: User
    htmx: HtmxDetails
