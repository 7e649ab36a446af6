"""What the environment says, and what becomes of it."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kudos.lib import database, env, mail
from tests import processes

SHOW = "import django; django.setup(); from django.conf import settings; print({})"


def test_the_database_address_keeps_its_own_options() -> None:
    options = database.connection("postgres://u@h/kudos?sslmode=require", home=Path())["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["pool"]


def test_sqlite_takes_the_write_lock_at_once() -> None:
    assert (
        database.connection("sqlite:////tmp/x", home=Path())["OPTIONS"]["transaction_mode"]
        == "IMMEDIATE"
    )


@pytest.mark.parametrize(
    ("url", "host", "port", "use_tls", "use_ssl"),
    [
        ("smtp://mail.example", "mail.example", 25, False, False),
        ("smtp+tls://mail.example", "mail.example", 587, True, False),
        ("smtps://mail.example:2465", "mail.example", 2465, False, True),
    ],
)
def test_a_mail_address_names_server_port_and_encryption(
    url: str, host: str, port: int, use_tls: bool, use_ssl: bool, tmp_path: Path
) -> None:
    options = mail.mailer(url, folder=tmp_path)["OPTIONS"]
    assert (options["host"], options["port"]) == (host, port)
    assert (options["use_tls"], options["use_ssl"]) == (use_tls, use_ssl)


def test_a_mail_password_may_hold_any_character(tmp_path: Path) -> None:
    mailer = mail.mailer("smtp://ana%40x:p%2Fw%23@h", folder=tmp_path)
    assert (mailer["OPTIONS"]["username"], mailer["OPTIONS"]["password"]) == ("ana@x", "p/w#")


def test_a_mail_service_gets_its_options_and_not_the_sender(tmp_path: Path) -> None:
    url = "anymail+postmark://?server_token=t&from=Kudos%20<k@x.example>"
    mailer = mail.mailer(url, folder=tmp_path)
    assert mailer["BACKEND"] == "anymail.backends.postmark.EmailBackend"
    assert mailer["OPTIONS"] == {"server_token": "t"}
    assert mail.sender(url, default="d") == "Kudos <k@x.example>"


def test_a_mail_address_of_no_known_kind_is_refused_without_repeating_it(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        mail.mailer("pop3://ana:secret@h", folder=tmp_path)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("text", ["-1", "two", "1.5"])
def test_a_number_that_is_none_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", text)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES"):
        env.number("TRUSTED_PROXIES", 0)


def settings_of(expression: str, **environment: str) -> str:
    """A setting as a process of its own reads it."""
    shown = processes.run(SHOW.format(expression), **environment)
    return shown.stdout.strip() or shown.stderr


@pytest.mark.django_db
def test_serving_others_needs_a_secret_of_ones_own(tmp_path: Path) -> None:
    home = {"KUDOS_HOME": str(tmp_path), "KUDOS_URL": "https://kudos.example.com"}
    assert "Set SECRET_KEY" in settings_of("settings.SECRET_KEY", SECRET_KEY="", **home)


@pytest.mark.django_db
def test_this_machine_alone_gets_a_secret_that_stays(tmp_path: Path) -> None:
    home = {"KUDOS_HOME": str(tmp_path), "KUDOS_URL": "http://127.0.0.1:8000", "SECRET_KEY": ""}
    first = settings_of("settings.SECRET_KEY", **home)
    assert len(first) > 50
    assert settings_of("settings.SECRET_KEY", **home) == first
    kept = tmp_path / "secret-key"
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_an_https_address_makes_everything_secure(tmp_path: Path) -> None:
    secure = settings_of(
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT",
        KUDOS_HOME=str(tmp_path),
        KUDOS_URL="https://kudos.example.com",
        SECRET_KEY="long and random",
    )
    assert secure == "True True True"
