"""The digest through a provider's API: a real django-anymail backend, over real HTTP."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anymail.backends import test as anymail_test
from django.core import mail as outbox
from pytest_django import Settings

from kudos.lib import mail
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, Suppression
from stories.digests.transports import Envelope, line
from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.digests.verp import reference
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.provider import Provider

CONTENT = (
    b'From: "Kudos" <kudos@b.example>\nTo: "A" <a@b.example>\nSubject: x\n'
    b"Message-ID: <1@b.example>\nContent-Type: multipart/alternative; boundary=b\n\n"
    b"--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: text/html\n\nx\n--b--\n"
)


class PlainPayload(anymail_test.TestPayload):  # type: ignore[misc]
    def set_metadata(self, metadata: Any) -> None:
        self.unsupported_feature("metadata")


class WithoutMetadata(anymail_test.EmailBackend):  # type: ignore[misc]
    """anymail's backend for tests, as a provider that takes no metadata."""

    def __init__(self, **options: Any) -> None:
        super().__init__(payload_class=PlainPayload, **options)


def leaves_through(url: str, settings: Settings) -> None:
    settings.MAILERS = settings.MAILERS | {"digest": mail.mailer(url, folder=Path())}
    settings.ANYMAIL = mail.anymail(url) | {"REQUESTS_TIMEOUT": 0.5}


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with Provider() as provider:
        leaves_through(f"anymail+postmark://?server_token=t&api_url={provider.url}", settings)
        yield provider


def send() -> None:
    with line() as opened:
        envelope = Envelope("kudos@b.example", "a@b.example", "1.0123456789abcdef")
        opened.send(envelope, lambda: CONTENT)


def test_every_copy_leaves_with_its_bodies_and_headers(
    edition: Edition, story: Story, provider: Provider
) -> None:
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    [message] = [one for one in provider.taken if "sam@company.example" in one["To"]]
    copy = edition.deliveries.get(person__name="Sam Stone")
    headers = {header["Name"]: header["Value"] for header in message["Headers"]}
    assert message["Subject"] == story.headline
    assert story.headline in message["TextBody"]
    assert story.headline in message["HtmlBody"]
    assert headers["Message-ID"] == copy.message_id
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_provider_can_name_the_delivery_later(edition: Edition, provider: Provider) -> None:
    drain(edition)
    expected = {reference(copy) for copy in edition.deliveries.all()}
    assert {message["Metadata"]["delivery"] for message in provider.taken} == expected


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, SenderRefusedError),
        (402, SenderRefusedError),
        (403, SenderRefusedError),
        (404, RefusedError),
        (413, RefusedError),
        (408, RefusedError),
        (429, RefusedError),
        (500, RefusedError),
        (503, RefusedError),
        (502, UnansweredError),
        (504, UnansweredError),
        (524, UnansweredError),
    ],
)
def test_a_providers_status_becomes_one_of_our_errors(
    provider: Provider, status: int, error: type[Exception]
) -> None:
    provider.answer = (status, {"Message": "No."})
    with pytest.raises(error) as refused:
        send()
    assert type(refused.value) is error


@pytest.mark.parametrize(("status", "is_for_now"), [(404, False), (413, False), (429, True)])
def test_not_now_is_told_from_never(provider: Provider, status: int, is_for_now: bool) -> None:
    provider.answer = (status, {"Message": "No."})
    with pytest.raises(RefusedError) as refused:
        send()
    assert refused.value.is_for_now is is_for_now


@pytest.mark.parametrize("body", [b"<html>", b"", {"ErrorCode": 0}])
def test_an_answer_that_says_nothing_leaves_it_open(provider: Provider, body: Any) -> None:
    provider.answer = (200, body)
    with pytest.raises(UnansweredError):
        send()


def test_no_answer_in_time_leaves_it_open(provider: Provider) -> None:
    provider.hangs_seconds = 1
    with pytest.raises(UnansweredError):
        send()


def test_a_line_dropped_after_the_message_leaves_it_open(provider: Provider) -> None:
    provider.drops = True
    with pytest.raises(UnansweredError):
        send()
    assert len(provider.taken) == 1


def test_a_refused_connection_took_nothing(settings: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        leaves_through(
            f"anymail+postmark://?server_token=t&api_url=http://127.0.0.1:{port}/", settings
        )
        with pytest.raises(UnreachableError):
            send()


def test_a_name_that_nobody_knows_took_nothing(settings: Settings) -> None:
    url = "anymail+postmark://?server_token=t&api_url=http://api.invalid/"
    leaves_through(url, settings)
    with pytest.raises(UnreachableError):
        send()


def test_a_copy_of_unknown_fate_goes_once_more(edition: Edition, provider: Provider) -> None:
    provider.drops = True
    drain(edition)
    assert sorted(states(edition).values()) == ["pending", "pending", "pending", "uncertain"]
    assert len(provider.taken) == 1


def refused(reply: dict[str, Any], provider: Provider) -> RefusedError:
    provider.answer = (422, reply)
    with pytest.raises(RefusedError) as caught:
        send()
    return caught.value


def test_an_address_that_the_provider_does_not_send_to_fails_alone(provider: Provider) -> None:
    inactive = (
        "You tried to send to a recipient that has been marked as inactive. Found inactive "
        "addresses: a@b.example. Inactive recipients are ones that have generated a hard bounce."
    )
    error = refused({"ErrorCode": 406, "Message": inactive}, provider)
    assert (error.label, error.has_no_mailbox) == ("550 5.7.1", False)


def test_an_address_that_the_provider_calls_none_fails_alone(provider: Provider) -> None:
    wrong = "Error parsing 'To': Illegal email address 'a@b.example'."
    error = refused({"ErrorCode": 300, "Message": wrong}, provider)
    assert (error.label, error.has_no_mailbox) == ("550 5.1.3", False)


def test_a_no_in_words_that_nobody_reads_is_a_no(provider: Provider) -> None:
    error = refused({"ErrorCode": 406, "Message": "No, and you cannot know why."}, provider)
    assert error.label == "550 5.0.0"


def test_a_refused_key_pauses_the_edition(edition: Edition, provider: Provider) -> None:
    provider.answer = (401, {"ErrorCode": 10, "Message": "No account was found."})
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert not Suppression.objects.exists()


def test_a_provider_without_metadata_gets_a_tag(edition: Edition, settings: Settings) -> None:
    backend = {"BACKEND": f"{__name__}.WithoutMetadata"}
    settings.MAILERS = settings.MAILERS | {"digest": backend}
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    assert len(outbox.outbox) == 4
    tags = {tag for message in outbox.outbox for tag in message.tags}
    assert tags == {reference(copy) for copy in Delivery.objects.all()}
