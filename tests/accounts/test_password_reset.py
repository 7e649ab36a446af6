"""Choosing a password, the first one too, by a link in a mail."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "forty-one bookings moved"


def ask(client: Client, email: str) -> Any:
    return client.post("/accounts/password/reset/", {"email": email}, follow=True)


def link() -> str:
    return re.search(r"https?://\S+/key/\S+", str(mail.outbox[-1].body))[0]  # type: ignore[index]


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def main_of(response: Any) -> str:
    return str(response.content.decode().partition("<main")[2].partition("</main>")[0])


def choose(client: Client, url: str, password: str = NEW) -> Any:
    form = client.get(path_of(url), follow=True)
    if form.context.get("token_fail"):
        return form
    answer = {"password1": password, "password2": password}
    return client.post(form.request["PATH_INFO"], answer, follow=True)


def test_the_link_sets_a_password(client: Client, ana: User) -> None:
    ask(client, "ANA.lima@company.example")
    choose(client, link())
    ana.refresh_from_db()
    assert ana.check_password(NEW)


def test_somebody_new_gets_their_first_password_this_way(client: Client, db: None) -> None:
    person = User.objects.create_user("new@company.example", name="Noa New")
    ask(client, "new@company.example")
    choose(client, link())
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_mail_is_plain_text_and_html_that_say_the_same(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    (html,) = mail.outbox[0].alternatives
    assert html.mimetype == "text/html"
    assert link() in html.content


def test_the_link_is_on_the_public_address_whatever_the_host_header(
    client: Client, ana: User, settings: Settings
) -> None:
    settings.KUDOS_URL = "https://kudos.company.example"
    settings.ALLOWED_HOSTS = ["evil.example"]
    client.post("/accounts/password/reset/", {"email": ana.email}, HTTP_HOST="evil.example")
    assert link().startswith("https://kudos.company.example/accounts/password/reset/key/")


def test_the_link_works_once(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    choose(client, link())
    assert "This link no longer works" in choose(client, link()).content.decode()


def test_a_made_up_link_changes_nothing(client: Client, ana: User) -> None:
    url = "http://testserver/accounts/password/reset/key/1-abc-0123456789abcdef/"
    assert "This link no longer works" in choose(client, url).content.decode()


def test_a_link_dies_when_the_address_changes(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    ana.email = "ana@company.example"
    ana.save()
    assert "This link no longer works" in choose(client, link()).content.decode()


def test_an_address_that_went_to_somebody_else_opens_only_their_account(
    client: Client, ana: User
) -> None:
    address = ana.email
    ask(client, address or "")
    ana.email = "ana.married@company.example"
    ana.save()
    successor = User.objects.create_user(address, name="Ana Lima Two")
    mail.outbox.clear()
    ask(client, address or "")
    assert [message.to for message in mail.outbox] == [[address]]
    choose(client, link())
    ana.refresh_from_db()
    successor.refresh_from_db()
    assert (ana.check_password(PASSWORD), successor.check_password(NEW)) == (True, True)


def test_no_second_list_of_addresses_is_kept(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    choose(client, link())
    assert not EmailAddress.objects.exists()


def test_an_unknown_address_is_told_the_same(client: Client, ana: User) -> None:
    known, unknown = ask(client, ana.email or ""), ask(client, "nobody@company.example")
    assert main_of(unknown) == main_of(known)


def test_an_unknown_address_gets_no_mail(client: Client, db: None) -> None:
    ask(client, "nobody@company.example")
    assert mail.outbox == []


def test_a_leaver_gets_no_mail(client: Client, leaver: User) -> None:
    ask(client, leaver.email or "")
    assert mail.outbox == []


def test_a_leaver_with_an_old_link_still_cannot_sign_in(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    User.objects.filter(pk=ana.pk).update(is_active=False)
    choose(client, link())
    client.post("/accounts/login/", {"login": ana.email, "password": NEW})
    assert "_auth_user_id" not in client.session


def test_a_mail_server_that_is_down_is_told_to_the_log_and_not_to_the_stranger(
    client: Client,
    ana: User,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }
    assert "Look in your mailbox" in ask(client, ana.email or "").content.decode()
    assert "could not be sent" in caplog.text


def test_a_password_that_is_too_simple_gets_a_sentence(client: Client, ana: User) -> None:
    ask(client, ana.email or "")
    assert choose(client, link(), "12345").context["form"].errors["password1"]


def test_the_page_says_whom_to_ask_without_a_mailbox(client: Client, db: None) -> None:
    assert "No mailbox at work?" in client.get("/accounts/password/reset/").content.decode()


def test_asking_again_and_again_has_to_wait(client: Client, ana: User) -> None:
    answers = [ask(client, ana.email or "").status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_somebody_signed_in_without_a_password_gets_one_by_mail(
    client: Client, stranger: User
) -> None:
    User.objects.filter(pk=stranger.pk).update(password="!")
    stranger.refresh_from_db()
    client.force_login(stranger)
    response = client.get("/accounts/password/change/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/password/reset/"
