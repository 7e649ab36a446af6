"""The main job, as people do it: sign in, nominate, read, search, and get the digest by mail."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from io import StringIO
from typing import Any, cast
from urllib.request import Request, urlopen

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Department, User
from kudos.celery import app
from stories.digests.models import Delivery, DeliveryState
from stories.digests.tick import tick
from stories.models import CustomerGroup, Story
from tests import processes
from tests.browser.conftest import Visit
from tests.digests.mailserver import MailServer
from tests.factories import ANOTHER_DEED, GroupFactory, UserFactory, tell_story

HEADLINE = "A kayak school kept its season"
DEED = "They rang the owner at seven and moved forty-one bookings with her."
PASSWORD = "a quiet river at seven"


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    server.start()
    yield server
    server.stop()


def digests(server: MailServer) -> dict[str, EmailMessage]:
    """The digests that arrived, by recipient."""
    letters = {
        envelope.rcpt_tos[0]: message_from_bytes(cast(bytes, envelope.content), policy=modern)
        for envelope in server.taken
    }
    return {address: letter for address, letter in letters.items() if letter["List-Id"]}


@pytest.fixture
def workers(own_address: str, tmp_path: Any) -> Iterator[Callable[[str], None]]:
    """Start a real Celery worker and beat, which end with the test."""
    with processes.Started() as started:

        def start(email_url: str) -> None:
            own = {"EMAIL_URL": email_url, "KUDOS_URL": own_address, "KUDOS_HOME": str(tmp_path)}
            started.celery("worker", "--pool", "solo", "--without-mingle", **own)
            started.celery("beat", "--schedule", str(tmp_path / "beat"), **own)

        yield start


def sign_in(page: Page, person: User) -> None:
    page.goto("/")
    page.get_by_label("Email or employee number").fill(person.email or "")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def pick(page: Page, typed: str, name: str) -> None:
    page.get_by_role("combobox", name="Who was it?").press_sequentially(typed)
    page.get_by_role("option", name=name).click()


def tell(page: Page, group: CustomerGroup) -> None:
    page.get_by_role("link", name="Tell a story").first.click()
    pick(page, "pryia", "Priya Desai")
    pick(page, "tom", "Tom Beck")
    page.get_by_role("radio", name=group.name).check(force=True)
    page.get_by_label("In one line, what happened?").fill(HEADLINE)
    page.get_by_label("What did they do?").fill(DEED)
    page.get_by_label("What difference did it make?").fill("Nobody lost a trip.")
    page.get_by_role("button", name="Publish the story").click()
    expect(page.get_by_role("heading", name=HEADLINE)).to_be_visible()


def find(page: Page, group: CustomerGroup) -> None:
    """The feed of somebody else: there by itself, by filter and by search."""
    card = page.get_by_role("article", name=HEADLINE)
    page.goto("/")
    expect(card).to_be_visible()
    filters = page.get_by_role("navigation", name="Whose customer")
    filters.get_by_role("link", name=group.name).click()
    expect(card).to_be_visible()
    filters.get_by_role("link", name="Journalists").click()
    expect(card).to_have_count(0)
    page.goto("/")
    page.get_by_role("searchbox").first.fill("booking kay")
    page.get_by_role("searchbox").first.press("Enter")
    expect(card).to_be_visible()


def unsubscribe_in_one_click(letter: EmailMessage) -> int:
    """What a mail program does (RFC 8058): one POST, without cookies."""
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip("<>")
    with urlopen(Request(address, data=b"List-Unsubscribe=One-Click"), timeout=10) as answer:
        return cast(int, answer.status)


def both_parts(letter: EmailMessage) -> tuple[str, str]:
    plain, html = letter.get_body(["plain"]), letter.get_body(["html"])
    assert plain is not None
    assert html is not None
    return plain.get_content(), html.get_content()


def next_monday_noon() -> datetime:
    now = timezone.now()
    monday = now.date() + timedelta(days=7 - now.weekday())
    return datetime.combine(monday, time(12), UTC)


def test_a_story_is_told_found_and_mailed_to_everybody(
    visit: Visit,
    teller: User,
    nominee: User,
    stranger: User,
    server: MailServer,
    workers: Callable[[str], None],
) -> None:
    UserFactory(name="Tom Beck", department=nominee.department)
    suppliers = GroupFactory(name="Suppliers")
    suppliers.served_by.add(cast(Department, nominee.department))
    GroupFactory(name="Journalists")
    teller.set_password(PASSWORD)
    teller.save()

    page = visit()
    sign_in(page, teller)
    tell(page, suppliers)
    story = Story.objects.get()
    assert [person.name for person in story.nominees] == ["Priya Desai", "Tom Beck"]
    find(visit(stranger), suppliers)

    call_command("digest", "send", "--now", stdout=StringIO())
    # Nobody is left to be woken: whatever arrives was found by beat's tick.
    app.control.purge()
    workers(f"smtp://127.0.0.1:{server.port}")
    readers = set(User.objects.values_list("email", flat=True))
    processes.wait_until(lambda: set(digests(server)) == readers, seconds=120)

    letter = digests(server)[str(stranger.email)]
    for part in both_parts(letter):
        assert HEADLINE in part
        assert DEED in " ".join(part.split())
    assert unsubscribe_in_one_click(letter) == 200

    tell_story(teller, nominee, **ANOTHER_DEED)
    tick(at=next_monday_noon())
    following = Delivery.objects.order_by("pk").filter(state=DeliveryState.PENDING)
    assert set(following.values_list("address", flat=True)) == readers - {stranger.email}
