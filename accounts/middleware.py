"""What each request passes: nothing written is lost, nothing read stays, times and words are the
reader's."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django_htmx.http import HttpResponseClientRedirect

from accounts.context import company_of
from accounts.kept import is_beside_a_form, is_keepable, keep, mark_writer, waits

type Handler = Callable[[HttpRequest], HttpResponse]


class KeptPostMiddleware:
    """A form that arrives signed out is kept for an hour and given back to the same person after
    sign-in; htmx is sent to the sign-in page rather than given it in place of a part. A draft
    saved while typing, and a part beside a form, is refused where it stands: nobody is taken away
    in the middle of a word.

    It stands before LoginRequiredMiddleware, which would only turn the request away. The CSRF
    check comes first: nobody else's page can leave anything here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A cookie in a public answer would be handed to the next reader by a shared cache.
        if request.user.is_authenticated and not _is_public(response):
            mark_writer(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        is_kept = is_keepable(request) and keep(request)
        if is_beside_a_form(request):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        if is_kept:
            messages.info(
                request, _("You were signed out. Sign in, and you get back what you wrote.")
            )
            return _to_sign_in(request, reverse("kept_post"))
        if request.method == "POST" or request.htmx:  # type: ignore[attr-defined]
            then = reverse("kept_post") if waits(request) else _page(request)
            return _to_sign_in(request, then)
        return None


def _is_public(response: HttpResponse) -> bool:
    return "public" in response.get("Cache-Control", "")


def _page(request: HttpRequest) -> str:
    """The page with the form or the part; an address that only takes a POST is no page."""
    here = request.build_absolute_uri("/")
    url = request.htmx.current_url or request.headers.get("Referer", "")  # type: ignore[attr-defined]
    return "/" + url.removeprefix(here) if url.startswith(here) else resolve_url("feed")


def _to_sign_in(request: HttpRequest, then: str) -> HttpResponse:
    url = f"{resolve_url('account_login')}?{urlencode({REDIRECT_FIELD_NAME: then})}"
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


class NoStoreMiddleware:
    """What somebody signed in is shown stays in no cache, the browser's own included: after they
    sign out at a shared machine, its Back button must not bring a private story up again."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class TimeZoneMiddleware:
    """Pages show times in the reader's own zone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        zone = ZoneInfo(request.user.time_zone or company_of(request).time_zone)
        with timezone.override(zone):
            return self.get_response(request)


class LanguageMiddleware:
    """Pages speak the reader's own language.

    Django's LocaleMiddleware stands further out: it speaks where a request fails before anybody is
    known, and says in Vary what pages for people signed out depend on.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        return response


def _language_of(request: HttpRequest) -> str:
    """Somebody signed in: their own, else the company's. Signed out: the first of their browser's
    languages that Kudos speaks, else the company's."""
    if request.user.is_authenticated:
        return request.user.language or company_of(request).language
    if asked := _asked_by_browser(request):
        return asked
    # Machines ask after our health when the database may be what is ill.
    is_probe = request.path_info.startswith("/health/")
    return settings.LANGUAGE_CODE if is_probe else company_of(request).language


def _asked_by_browser(request: HttpRequest) -> str | None:
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            return None
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return None
