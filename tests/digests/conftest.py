"""What tests of the digest share: where copies go, and an edition on its way."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Company, User
from stories.digests.batch import Batch
from stories.digests.desk.freezing import freeze_now
from stories.digests.desk.planning import next_edition
from stories.digests.message import Shared
from stories.digests.models import Delivery, Edition
from stories.digests.models.claiming import take
from stories.digests.picking import MOST
from stories.digests.sending import send_now
from stories.digests.transports import KeptLine
from stories.models import Story
from tests.digests.desk import FRIDAY, publish
from tests.digests.desk_pages import agree, ask
from tests.digests.mailserver import MailServer
from tests.digests.webhooks import KEY, PASSWORD, leaves_through
from tests.factories import GroupFactory, UserFactory, tell_story


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
def at_once(server: MailServer) -> MailServer:
    """The server, taking commands at once."""
    server.pipelines = True
    return server


@pytest.fixture(params=[False, True], ids=["step by step", "at once"])
def either(server: MailServer, request: pytest.FixtureRequest) -> MailServer:
    """The server, taking commands one by one, and at once."""
    server.pipelines = request.param
    return server


@pytest.fixture
def mailgun(settings: Any) -> None:
    leaves_through(f"anymail+mailgun://?api_key=k&webhook_signing_key={KEY}", settings)


@pytest.fixture
def postmark(settings: Any) -> None:
    leaves_through(f"anymail+postmark://?server_token=t&webhook_secret={PASSWORD}", settings)


@pytest.fixture
def edition(company: Company, story: Story, stranger: User) -> Edition:
    """This week's, with one story, due now to teller, nominee, manager and stranger."""
    return send_now()


@pytest.fixture
def copy(edition: Edition) -> Delivery:
    """Sam's, which was sent."""
    Delivery.objects.update(state="sent", next_attempt_at=None)
    return edition.deliveries.get(person__name="Sam Stone")


@pytest.fixture
def planned(company: Company, teller: User, nominee: User) -> Edition:
    """Planned at the desk on a Friday, with eight stories of its weeks: six are suggested."""
    with time_machine.travel(FRIDAY, tick=False):
        for number in range(MOST + 2):
            publish(teller, nominee, f"Story {number}")
        return next_edition()


@pytest.fixture
def frozen(planned: Edition, culture_lead: User) -> Edition:
    """The same, fixed by a culture lead on that Friday."""
    with time_machine.travel(FRIDAY, tick=False):
        freeze_now(planned, by=culture_lead)
    return planned


@pytest.fixture
def three(company: Company, teller: User) -> list[Story]:
    """Three stories of three groups: all of them are in the next edition."""
    return [
        tell_story(teller, UserFactory(), customer_group=GroupFactory(), headline=headline)
        for headline in ("Ice on the quay", "A lost voucher", "Forty chairs by noon")
    ]


@pytest.fixture
def leaving(as_culture_lead: Client, three: list[Story], stranger: User) -> Edition:
    """Sent from the desk; no worker has come yet."""
    agree(as_culture_lead, ask(as_culture_lead))
    return Edition.objects.get()


def claimed(edition: Edition) -> list[Delivery]:
    return take(edition)


def more_readers(edition: Edition, count: int) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.bulk_create(
        Delivery(
            edition=edition,
            person=person,
            address=person.email or "",
            due_at=past,
            next_attempt_at=past,
            message_id=f"<{person.ref}@company.example>",
        )
        for person in UserFactory.create_batch(count)
    )


def batch_of(
    edition: Edition, deliveries: list[Delivery], shared: dict[str, Shared] | None = None
) -> Batch:
    """What a worker that knows these shared parts has claimed."""
    return Batch(edition, deliveries, {} if shared is None else shared, Company.current())


def send(batch: Batch) -> None:
    """Over a line of its own."""
    with KeptLine() as kept:
        batch.send(kept)


def states(edition: Edition) -> dict[str, str]:
    """Each reader's first name and what became of their copy."""
    rows = edition.deliveries.select_related("person")
    return {row.person.get_short_name(): row.state for row in rows}


def coming_monday_at_nine() -> datetime:
    """In UTC; a moment to come, so that no copy of that week is late."""
    today = timezone.now().replace(hour=9, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday())
