"""How the tests ask an address as one of the cast, and leave no trace of it."""

from copy import copy
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.access.matrix import SIGN_IN
from tests.access.world import SENT, World
from tests.conftest import signed_in

SIGN_IN_PAGES = ("account_login", "admin:login")


def browser_of(role: str, world: World) -> Client:
    return Client() if role == "signed_out" else signed_in(world.cast[role])


def ask(client: Client, method: str, url: str, route: str) -> Any:
    """The answer. Whatever it changed is undone, in the database and among the cookies."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        if method == "POST":
            response = client.post(url, SENT.get(route, {}))
        else:
            response = client.generic(method, url)
        read(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


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
