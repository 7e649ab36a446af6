"""The two transports that are not SMTP."""

from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from accounts.models import History
from stories.digests.drain import drain
from stories.digests.models import Edition
from stories.digests.transports import Envelope, line
from stories.digests.transports.api import ApiLine
from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.models import Story
from tests.digests.conftest import states


class ApiError(Exception):
    def __init__(self, status_code: int | None = None) -> None:
        super().__init__("The provider said no.")
        if status_code is not None:
            self.status_code = status_code


@pytest.fixture
def provider(settings: Any) -> None:
    """anymail's own backend for tests, which takes messages as a provider's does."""
    settings.MAILERS = settings.MAILERS | {
        "digest": {"BACKEND": "anymail.backends.test.EmailBackend", "OPTIONS": {}}
    }


def test_a_provider_gets_subject_bodies_and_headers(
    edition: Edition, story: Story, provider: None
) -> None:
    drain(edition)
    assert set(states(edition).values()) == {"sent"}
    assert len(mail.outbox) == 4
    message = next(one for one in mail.outbox if "sam@company.example" in one.to[0])
    assert message.subject == story.headline
    assert story.what_they_did in str(message.body)
    [html] = message.alternatives
    assert story.what_they_did in html.content
    headers = message.extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == edition.deliveries.get(person__name="Sam Stone").message_id
    assert headers["Auto-Submitted"] == "auto-generated"
    assert "MIME-Version" not in headers


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (None, UnansweredError, None),
        (401, SenderRefusedError, 535),
        (403, SenderRefusedError, 535),
        (429, RefusedError, 451),
        (500, RefusedError, 451),
        (422, RefusedError, 550),
    ],
)
def test_a_providers_error_becomes_one_of_ours(
    edition: Edition,
    provider: None,
    status: int | None,
    error: type[Exception],
    code: int | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any) -> int:
        raise ApiError(status)

    with line() as opened:
        assert isinstance(opened, ApiLine)
        monkeypatch.setattr(opened.backend, "send_messages", fail)
        content = (
            b"Subject: x\nTo: a@b.example\nContent-Type: multipart/alternative; boundary=b\n\n"
        )
        parts = b"--b\nContent-Type: text/plain\n\nx\n--b\nContent-Type: text/html\n\nx\n--b--\n"
        with pytest.raises(error) as caught:
            opened.send(Envelope("kudos@b.example", "a@b.example"), lambda: content + parts)
    assert getattr(caught.value, "code", None) == code


def test_a_copy_becomes_a_file_of_its_own(edition: Edition, folder: Path) -> None:
    drain(edition)
    copies = [path.read_bytes() for path in folder.glob("*.eml")]
    assert len(copies) == 4
    assert all(copy.count(b"\n") == copy.count(b"\r\n") for copy in copies)


def test_a_full_disk_costs_nobody_their_copy(
    edition: Edition, settings: Any, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    settings.MAILERS = settings.MAILERS | {
        "digest": {"BACKEND": "kudos.lib.mail.EmlBackend", "OPTIONS": {"folder": in_the_way}}
    }
    drain(edition)
    assert set(states(edition).values()) == {"pending", "retry"}


def test_a_mail_service_without_its_key_pauses_the_edition(edition: Edition, settings: Any) -> None:
    settings.MAILERS = settings.MAILERS | {
        "digest": {"BACKEND": "anymail.backends.mailgun.EmailBackend", "OPTIONS": {}}
    }
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert set(states(edition).values()) == {"pending"}
    assert "api_key" in History.objects.about(edition).get(verb="pause").note.lower()


def test_a_line_that_does_not_open_raises_one_error(settings: Any) -> None:
    settings.MAILERS = settings.MAILERS | {
        "digest": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1},
        }
    }
    with pytest.raises(UnreachableError), line():
        pass
