"""Everything is behind sign-in, but for a list of pages that is written down here."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "live",
    "ready",
    "digest:beat",
    "digest:metrics",
    "digest:tracked",
    "accent_css",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # One click in a mail must do, signed out and without cookies.
    "digest:unsubscribe",
}
SAMPLES = {"int": "1", "slug": "abc", "str": "abc", "path": "abc", "day": "2025-11-03"}


def addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address of the site, with something in its gaps, and its name."""
    for entry in patterns:
        route = prefix + sample(str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry.url_patterns, route, inner)
        else:
            yield f"/{route}", f"{space}{entry.name}"


def sample(route: str) -> str:
    route = route.replace("(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)", "1-abc")
    route = re.sub(r"\(\?P<app_label>(\w+)[^)]*\)", r"\1", route)
    route = route.replace("(?P<url>.*)", "abc").strip("^$")
    return re.sub(r"<(?:(\w+):)?\w+>", lambda gap: SAMPLES[gap[1] or "str"], route)


EVERY = list(addresses(get_resolver().url_patterns))


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "name"), EVERY)
def test_only_what_is_listed_answers_those_signed_out(
    client: Client, address: str, name: str
) -> None:
    response = client.get(address)
    sent_to_sign_in = response.status_code == 302 and response.url.startswith(
        ("/accounts/login/?next=", "/admin/login/?next=")
    )
    assert sent_to_sign_in != (name in PUBLIC)


def test_the_list_names_no_page_that_is_gone() -> None:
    assert {name for _address, name in EVERY} >= PUBLIC


def test_uploads_have_no_address_of_their_own() -> None:
    assert settings.MEDIA_URL == "/" or not settings.MEDIA_URL
