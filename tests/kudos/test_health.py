"""What machines ask of the web server: is it alive, can it serve."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_being_alive_needs_nobody_else(client: Client) -> None:
    """No database: a query would fail a test that has not asked for one."""
    response = client.get("/health/live")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.django_db
def test_ready_is_who_reaches_database_and_cache(client: Client) -> None:
    response = client.get("/health/ready")
    assert (response.status_code, response.text) == (200, "ok\n")


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_named(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def is_down(*words: Any) -> None:
        raise OperationalError("connection to postgres://kudos:s3cret@db failed")

    with connection.execute_wrapper(is_down):
        response = client.get("/health/ready")
    assert (response.status_code, response.text) == (503, "The database does not answer.\n")
    assert "OperationalError" in caplog.text
    assert "s3cret" not in caplog.text


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_is_named(client: Client, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:s3cret@127.0.0.1:1/0",
        }
    }
    response = client.get("/health/ready")
    assert (response.status_code, response.text) == (503, "The cache does not answer.\n")


@pytest.mark.django_db
def test_a_cache_that_forgets_is_named(client: Client, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get("/health/ready").text == "The cache does not answer.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["live", "ready", "beat", "metrics"])
def test_whoever_watches_from_inside_the_house_needs_no_tls(
    client: Client, settings: Any, page: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(f"/health/{page}").status_code != 301


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["live", "ready", "beat"])
def test_no_cache_in_between_answers_for_us(client: Client, page: str) -> None:
    assert "no-store" in client.get(f"/health/{page}")["Cache-Control"]
