"""How the tests ask an address as one of the cast, and leave no trace of it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.template import Template
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString

from tests.access.matrix import SIGN_IN
from tests.access.world import SENT, World
from tests.conftest import signed_in

SIGN_IN_PAGES = ("account_login", "admin:login")


def browser_of(role: str, world: World) -> Client:
    return Client() if role == "signed_out" else signed_in(world.cast[role])


def ask(client: Client, method: str, url: str, route: str, *, blank: bool = False) -> Any:
    """The answer. Whatever it changed is undone, in the database and among the cookies. With
    `blank` its page says nothing."""
    cookies = copy(client.cookies)
    with transaction.atomic(), blank_pages(blank):
        if method == "POST":
            response = client.post(url, SENT.get(route, {}))
        else:
            response = client.generic(method, url)
        read(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@contextmanager
def blank_pages(blank: bool = True) -> Iterator[None]:
    """Every template is empty: to render a page takes most of the time, and where only the status
    is asked for, or others read the page, nobody sees it."""
    with patch.object(Template, "_render", _nothing) if blank else nullcontext():
        yield


def _nothing(_template: Template, _context: object) -> SafeString:
    return SafeString("")


def read(response: Any) -> None:
    """To its end: a file is open until then."""
    if response.streaming:
        for _piece in response:
            pass


def answer(response: Any) -> str:
    """As the matrix writes it."""
    pages = tuple(f"{reverse(name)}?" for name in SIGN_IN_PAGES)
    if response.status_code == 302 and response["Location"].startswith(pages):
        return SIGN_IN
    return str(response.status_code)
