"""What tests of the desk's pages share: addresses, and copies that have ended."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from stories.digests.desk.planning import next_edition
from stories.digests.models import Delivery, Edition, EditionState
from stories.digests.tasks import depart_edition
from stories.models import Story
from tests.digests.desk import headlines

DESK = "/digest/desk/"
HTMX = {"HX-Request": "true"}


def told() -> list[str]:
    """The headlines of the next edition, in their order."""
    return headlines(next_edition())


def of(headline: str) -> Story:
    return Story.objects.get(headline=headline)


def url(name: str, *parts: Any, edition: Edition | None = None) -> str:
    """An address about an edition, the next one where none is given."""
    week_start = (edition or next_edition()).week_start
    return reverse(f"digest:desk_{name}", args=[week_start, *parts])


def settle(edition: Edition, **states: int) -> None:
    """Let so many copies end in each state."""
    keys = list(edition.deliveries.order_by("pk").values_list("pk", flat=True))
    for state, copies in states.items():
        rows = Delivery.objects.filter(pk__in=[keys.pop(0) for _copy in range(copies)])
        rows.update(state=state, next_attempt_at=None, sent_at=timezone.now())


def over(edition: Edition, **states: int) -> Edition:
    """The edition once all its copies have ended."""
    settle(edition, **states)
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.SENT)
    edition.refresh_from_db()
    return edition


def queries(client: Client, path: str) -> int:
    """How often a page asks the database."""
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def ask(client: Client, edition: Edition | None = None) -> Any:
    """The page that asks whether the edition is to be sent now."""
    return client.get(url("send_now", edition=edition), follow=True)


def make_copies(edition: Edition) -> None:
    """As the worker does that is woken once the edition was sent at once."""
    depart_edition(edition.pk)
    edition.refresh_from_db()


def agree(client: Client, seen: Any, edition: Edition | None = None) -> Any:
    """Press the button of the page that was seen."""
    sent = {"agreed": seen.context["leaving"].agreed}
    return client.post(url("send_now", edition=edition), sent, follow=True)
