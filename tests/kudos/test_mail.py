"""What an address of a mail server or service says beside server and password."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from kudos.lib import mail

TOKEN = "smtp+tls://kudos%40x.example@smtp.x.example?auth=xoauth2&token_url=https://id.x.example/t"


def options(url: str) -> dict[str, Any]:
    found: dict[str, Any] = mail.mailer(url, folder=Path())["OPTIONS"]
    return found


def test_signing_in_by_token_has_a_backend_of_its_own() -> None:
    url = f"{TOKEN}&client_id=k&client_secret=a%2Bb&scope=https://outlook.office365.com/.default"
    assert mail.mailer(url, folder=Path())["BACKEND"] == "kudos.lib.xoauth2.EmailBackend"
    assert options(url) == {
        "host": "smtp.x.example",
        "port": 587,
        "username": "kudos@x.example",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 20,
        "token_url": "https://id.x.example/t",
        "client_id": "k",
        "client_secret": "a+b",
        "scope": "https://outlook.office365.com/.default",
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("smtp://u@h?auth=kerberos", "the only other way to sign in is auth=xoauth2"),
        (
            "smtp://h?auth=xoauth2&token_url=https://i/&client_id=k&client_secret=pst",
            "needs a user",
        ),
        ("smtp://u@h?auth=xoauth2&client_id=k&client_secret=pst", "needs a user, token_url"),
        ("smtp://u@h?auth=xoauth2&token_url=https://i/&client_secret=pst", "and client_id"),
        (f"{TOKEN}&client_id=k", "needs client_secret or refresh_token"),
        (
            "smtp://u@h?auth=xoauth2&token_url=http://i/&client_id=k&client_secret=pst",
            "must begin with https://",
        ),
    ],
)
def test_what_is_missing_for_a_token_is_said_without_the_secret(url: str, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence) as refused:
        options(url)
    assert "pst" not in str(refused.value)


def test_a_mail_service_with_two_words_is_written_with_a_hyphen() -> None:
    backend = mail.mailer("anymail+unisender-go://?api_key=k", folder=Path())["BACKEND"]
    assert backend == "anymail.backends.unisender_go.EmailBackend"


def test_what_proves_a_webhook_is_none_of_the_backends_options() -> None:
    url = "anymail+mailgun://?api_key=k&webhook_signing_key=s&webhook_secret=u:p&bounces=b.example"
    assert options(url) == {"api_key": "k"}
    assert mail.anymail(url) == {
        "REQUESTS_TIMEOUT": 20,
        "MAILGUN_API_KEY": "k",
        "MAILGUN_WEBHOOK_SIGNING_KEY": "s",
        "WEBHOOK_SECRET": "u:p",
    }


def test_a_mail_server_has_nothing_to_say_to_webhooks() -> None:
    assert mail.anymail("smtp://h?webhook_secret=u:p") == {"REQUESTS_TIMEOUT": 20}


def test_a_mail_server_is_told_neither_sender_nor_bounce_domain() -> None:
    url = "smtp://h?from=k@x.example&bounces=bounces.x.example"
    assert options(url) == options("smtp://h")
    assert mail.bounce_domain(url) == "bounces.x.example"


def test_without_a_bounce_domain_there_is_none() -> None:
    assert mail.bounce_domain("smtp://h") == mail.bounce_domain("") == ""


@pytest.mark.parametrize("domain", ["bounces", "a@b.example", "b.example%0a", "b..example", "-"])
def test_a_bounce_domain_that_is_none_is_refused(domain: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="bounces must be a domain"):
        mail.bounce_domain(f"smtp://h?bounces={domain}")
