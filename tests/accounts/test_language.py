"""Each person reads Kudos in their own language."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from accounts.middleware import LanguageMiddleware, _asked_by_browser
from accounts.models import Company, User
from stories.models import Story
from stories.notices.sending import send_due
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/accounts/login/"


def language_of(page: Any) -> str:
    """What the page says of itself, where its header says the same."""
    said = re.search(r'<html lang="([^"]+)"', page.content.decode())[1]  # type: ignore[index]
    assert page["Content-Language"] == said
    return said


def german(person: User) -> Client:
    person.language = "de"
    person.save()
    return signed_in(person)


def test_a_page_speaks_the_language_that_its_reader_chose(teller: User, company: Company) -> None:
    page = german(teller).get("/preferences/", headers={"Accept-Language": "en"})
    assert language_of(page) == "de"
    assert "Einstellungen" in page.content.decode()


def test_without_a_choice_it_speaks_the_companys(as_teller: Client, company: Company) -> None:
    Company.objects.update(language="de")
    page = as_teller.get("/preferences/", headers={"Accept-Language": "en"})
    assert language_of(page) == "de"


def test_a_part_of_a_page_speaks_it_too(teller: User, story: Story) -> None:
    part = german(teller).get("/", headers={"HX-Request": "true"})
    assert part["Content-Language"] == "de"


def test_a_page_that_is_not_there_says_so_in_it(teller: User) -> None:
    assert language_of(german(teller).get("/nowhere/")) == "de"


def test_the_next_reader_does_not_inherit_it(teller: User, as_stranger: Client) -> None:
    german(teller).get("/preferences/")
    assert language_of(as_stranger.get("/preferences/")) == "en"


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5,de;q=0.7", "de"),
        ("fr", "de"),
        ("fr,*;q=0.1", "de"),
        ("", "de"),
        (None, "de"),
    ],
)
def test_signed_out_it_is_the_browsers_else_the_companys(
    client: Client, company: Company, asked: str | None, spoken: str
) -> None:
    Company.objects.update(language="de")
    headers = {} if asked is None else {"Accept-Language": asked}
    assert language_of(client.get(SIGN_IN, headers=headers)) == spoken


def test_caches_are_told_that_a_page_depends_on_the_browsers_language(client: Client) -> None:
    assert "Accept-Language" in client.get(SIGN_IN)["Vary"]


@given(st.text(st.characters(codec="latin-1"), max_size=700))
def test_any_header_is_read_without_an_error(header: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": header})
    assert _asked_by_browser(request) in {"en", "de", None}


def test_a_chosen_language_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    request = RequestFactory().get("/")
    request.user = User(language="de")
    with django_assert_num_queries(0):
        LanguageMiddleware(lambda _request: HttpResponse())(request)


def test_a_health_check_does_not_wait_for_the_company_to_be_read(
    client: Client, company: Company
) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/health/ready")
    assert not [query for query in queries if "accounts_company" in query["sql"]]


def test_a_notice_is_in_the_language_of_whoever_gets_it(story: Story, nominee: User) -> None:
    german(nominee)
    send_due()
    [message] = mail.outbox
    assert message.subject == "Ana Lima hat eine Geschichte über dich erzählt"


def test_a_notice_without_a_choice_is_in_the_companys(story: Story, company: Company) -> None:
    Company.objects.update(language="de")
    send_due()
    assert mail.outbox[0].subject == "Ana Lima hat eine Geschichte über dich erzählt"


def test_the_mail_for_a_new_password_is_in_the_persons_language(
    client: Client, teller: User
) -> None:
    german(teller)
    client.post(
        "/accounts/password/reset/",
        {"email": teller.email},
        headers={"Accept-Language": "en"},
    )
    assert mail.outbox[0].subject == "Wähle dein Passwort für Kudos"
