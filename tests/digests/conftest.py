"""What tests of the digest share: where copies go, and an edition on its way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Company, User
from stories.digests.models import Delivery, Edition
from stories.digests.sending import send_now
from stories.models import Story
from tests.digests.mailserver import MailServer


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where finished copies are written, one file each."""
    settings.MAILERS = settings.MAILERS | {
        "digest": {"BACKEND": "kudos.lib.mail.EmlBackend", "OPTIONS": {"folder": tmp_path}}
    }
    return tmp_path


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """A real SMTP server that the digest is sent to."""
    server = MailServer()
    server.start()
    options = {"host": "127.0.0.1", "port": server.port}
    settings.MAILERS = settings.MAILERS | {
        "digest": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": options,
        }
    }
    yield server
    server.stop()


@pytest.fixture
def edition(company: Company, story: Story, stranger: User) -> Edition:
    """This week's, with one story, due now to teller, nominee, manager and stranger."""
    return send_now()


def claimed(edition: Edition) -> list[Delivery]:
    return Delivery.objects.claim(edition)


def states(edition: Edition) -> dict[str, str]:
    """Each reader's first name and what became of their copy."""
    rows = edition.deliveries.select_related("person")
    return {row.person.get_short_name(): row.state for row in rows}


def coming_monday_at_nine() -> datetime:
    """In UTC; a moment to come, so that no copy of that week is late."""
    today = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday())
