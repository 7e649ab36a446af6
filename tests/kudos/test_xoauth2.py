"""Signing in at a mail server by token."""

import smtplib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import mail as django_mail

from kudos.lib import mail, xoauth2
from tests.kudos.token_server import TokenEndpoint, TokenMailServer


@pytest.fixture(autouse=True)
def no_token_yet() -> None:
    xoauth2.tokens.cache_clear()


@pytest.fixture
def endpoint() -> Iterator[TokenEndpoint]:
    with TokenEndpoint() as endpoint:
        yield endpoint


@pytest.fixture
def server() -> Iterator[TokenMailServer]:
    server = TokenMailServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def url(server: TokenMailServer, endpoint: TokenEndpoint) -> str:
    return (
        f"smtp://kudos@127.0.0.1:{server.port}?auth=xoauth2&token_url={endpoint.url}"
        "&client_id=kudos-client&scope=mail"
    )


@pytest.fixture
def with_secret(url: str) -> str:
    return f"{url}&client_secret=s3cret"


def send(url: str, settings: Any) -> None:
    settings.MAILERS = {"default": mail.mailer(url, folder=Path())}
    django_mail.send_mail("Hello", "Hello.", "kudos@x.example", ["sam@x.example"])


def test_a_client_gets_a_token_for_its_secret(
    with_secret: str, server: TokenMailServer, endpoint: TokenEndpoint, settings: Any
) -> None:
    send(with_secret, settings)
    assert len(server.taken) == 1
    assert endpoint.asked == [
        {
            "grant_type": "client_credentials",
            "client_id": "kudos-client",
            "client_secret": "s3cret",
            "scope": "mail",
        }
    ]


def test_a_refresh_token_gets_one_too(
    url: str, server: TokenMailServer, endpoint: TokenEndpoint, settings: Any
) -> None:
    send(f"{url}&refresh_token=r3fresh", settings)
    assert len(server.taken) == 1
    [asked] = endpoint.asked
    assert (asked["grant_type"], asked["refresh_token"]) == ("refresh_token", "r3fresh")
    assert asked["client_id"] == "kudos-client"


def test_a_token_is_kept_while_it_lives(
    with_secret: str, server: TokenMailServer, endpoint: TokenEndpoint, settings: Any
) -> None:
    for _twice in range(2):
        send(with_secret, settings)
    assert server.shown == ["token-1", "token-1"]
    assert endpoint.given == 1


def test_a_token_that_is_about_to_expire_is_fetched_anew(
    with_secret: str, server: TokenMailServer, settings: Any
) -> None:
    server.tokens = {"token-1", "token-2"}
    send(with_secret, settings)
    with time_machine.travel(time.time() + 3600 - 30):
        send(with_secret, settings)
    assert server.shown == ["token-1", "token-2"]


def test_a_token_that_was_withdrawn_is_fetched_anew_once(
    with_secret: str, server: TokenMailServer, settings: Any
) -> None:
    send(with_secret, settings)
    server.tokens = {"token-2"}
    send(with_secret, settings)
    assert server.shown == ["token-1", "token-1", "token-2"]
    assert len(server.taken) == 2


def test_a_token_that_the_server_never_takes_is_refused_as_a_password_is(
    with_secret: str, server: TokenMailServer, endpoint: TokenEndpoint, settings: Any
) -> None:
    server.tokens = set()
    with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
        send(with_secret, settings)
    assert refused.value.smtp_code == 535
    assert endpoint.given == 2


def test_a_wrong_secret_is_refused_without_repeating_it(
    url: str, server: TokenMailServer, endpoint: TokenEndpoint, settings: Any
) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError) as refused:
        send(f"{url}&client_secret=wr0ng", settings)
    assert refused.value.smtp_code == 535
    said = refused.value.smtp_error
    assert said == (
        b"The token endpoint refuses us: invalid_client: AADSTS7000215: Invalid client secret: "
        + "…".encode()
    )
    assert refused.value.__context__ is None
    assert len(endpoint.asked) == 1
    assert server.shown == []


@pytest.mark.parametrize(
    "answer",
    [
        (500, "oops"),
        (503, '{"error": "temporarily_unavailable"}'),
        (429, '{"error": "invalid_request"}'),
        (400, '{"error": "temporarily_unavailable"}'),
        (200, "<html>Sign in to the hotel's network</html>"),
        (200, "[]"),
        (200, "{}"),
        (200, '{"access_token": ""}'),
        (200, '{"access_token": "t", "expires_in": "soon"}'),
        (307, "http://127.0.0.1:1/elsewhere"),
    ],
)
def test_an_endpoint_in_trouble_counts_as_out_of_reach(
    with_secret: str, endpoint: TokenEndpoint, settings: Any, answer: tuple[int, str]
) -> None:
    endpoint.answer = answer
    with pytest.raises(ConnectionError, match="The token endpoint gives no token"):
        send(with_secret, settings)


def test_an_endpoint_that_points_elsewhere_does_not_get_the_secret_there(
    with_secret: str, endpoint: TokenEndpoint, settings: Any
) -> None:
    with TokenEndpoint() as elsewhere:
        endpoint.answer = (307, elsewhere.url)
        with pytest.raises(ConnectionError):
            send(with_secret, settings)
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "answer",
    [(404, "<html>"), (400, '{"error": "invalid_grant"}'), (400, '{"error": []}')],
)
def test_an_endpoint_that_says_no_counts_as_a_refusal(
    with_secret: str, endpoint: TokenEndpoint, settings: Any, answer: tuple[int, str]
) -> None:
    endpoint.answer = answer
    with pytest.raises(smtplib.SMTPAuthenticationError):
        send(with_secret, settings)


def test_an_endpoint_that_is_down_counts_as_out_of_reach(
    with_secret: str, endpoint: TokenEndpoint, settings: Any
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with pytest.raises(ConnectionError) as failed:
            send(with_secret.replace(endpoint.url, f"http://127.0.0.1:{port}/t"), settings)
    assert str(failed.value) == "The token endpoint gives no token: ConnectionError."


def test_the_secrets_of_a_grant_are_not_shown() -> None:
    grant = xoauth2.Grant("https://i/", "k", client_secret="s3cret", refresh_token="r3fresh")
    assert "s3cret" not in repr(grant)
    assert "r3fresh" not in repr(grant)


def test_nothing_secret_is_logged(
    with_secret: str, endpoint: TokenEndpoint, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    send(with_secret, settings)
    assert "s3cret" not in caplog.text
    assert "token-1" not in caplog.text
