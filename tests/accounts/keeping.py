"""What tests of a session that ends while somebody writes share."""

import re
from typing import Any

from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD

KEPT = "/accounts/kept/"

TYPED = {"headline": "A kayak school kept its season", "what_they_did": "Rang at seven.\nTwice."}


def sign_in(client: Client, person: User) -> Any:
    answer = {"login": person.email or person.employee_id, "password": PASSWORD, "next": KEPT}
    return client.post("/accounts/login/", answer, follow=True)


def given_back(client: Client) -> dict[str, str]:
    """The fields of the form on the page that gives back."""
    page = client.get(KEPT).content.decode()
    return dict(re.findall(r'<textarea name="(\w+)" hidden>&#10;([^<]*)</textarea>', page))
