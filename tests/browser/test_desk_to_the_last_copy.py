"""The desk as a culture lead uses it on the morning itself: from the preview to the last copy, with
real workers, of which one is killed on the way."""

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from kudos.celery import app
from stories.digests.models import Edition
from stories.digests.readers import subscribed
from stories.models import Story
from tests import processes
from tests.browser.conftest import Visit
from tests.factories import GroupFactory, UserFactory, tell_story
from tests.faults.account import account
from tests.faults.crew import Crew
from tests.faults.services import MailServer
from tests.faults.smtp import Mode

PEOPLE = 300
SECONDS_A_MESSAGE = 0.04
KILLED_AT = 60
SENDERS = 2
HEADLINES = ("Ice on the quay", "A lost voucher", "Forty chairs by noon")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server in a process of its own, which writes down what it accepts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = MailServer(tmp_path, port, Mode(delay=SECONDS_A_MESSAGE))
    yield server
    server.kill()


@pytest.fixture
def crew(
    server: MailServer, own_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Crew]:
    """Workers and beat on the test's own database, as the faults run them: with shorter
    intervals."""
    address = f"smtp://127.0.0.1:{server.port}"
    own = {"EMAIL_URL": address, "KUDOS_URL": own_address, "KUDOS_HOME": str(tmp_path)}
    for name, value in processes.environment(**own).items():
        monkeypatch.setenv(name, value)
    app.control.purge()
    crew = Crew(tmp_path)
    yield crew
    crew.kill()


@pytest.fixture
def morning(company: Company, teller: User, culture_lead: User) -> None:
    """The company's hour has just come, and nobody has gone round yet."""
    now = timezone.now()
    company.digest_weekday, company.digest_hour = now.weekday(), now.hour
    company.save()
    for headline in HEADLINES:
        tell_story(teller, UserFactory(), customer_group=GroupFactory(), headline=headline)
    Story.objects.update(published_at=now - timedelta(hours=2))
    UserFactory.create_batch(PEOPLE - User.objects.count())


def wait_for_copies(page: Page, done: int) -> None:
    page.wait_for_function(
        "done => document.querySelector('#progress progress')?.value >= done",
        arg=done,
        timeout=60_000,
    )


def test_from_the_preview_to_the_last_copy_with_a_worker_killed_on_the_way(
    visit: Visit, morning: None, culture_lead: User, server: MailServer, crew: Crew
) -> None:
    page = visit(culture_lead)
    page.goto("/digest/desk/")
    page.get_by_role("button", name="Pause it").click()
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()

    second = page.locator(".lineup__title").nth(1).inner_text()
    page.get_by_role("button", name=f"Move “{second}” up").click()
    expect(page.locator("#announce")).to_have_text(f"“{second}” is now number 1.")
    page.get_by_label("Note from the desk").fill("What a week. Thank you all.")
    page.get_by_role("button", name="Save your words").click()
    page.get_by_role("link", name="Preview it").click()
    mail = page.frame_locator("iframe")
    expect(mail.get_by_text("What a week. Thank you all.")).to_be_visible()
    expect(mail.get_by_role("heading", name=second)).to_be_visible()

    page.get_by_role("link", name="Next edition").click()
    crew.add_node()
    crew.add_beat()
    page.get_by_role("button", name="Send a test to me").click()
    expect(page.get_by_text("Sent to cora@company.example")).to_be_visible(timeout=60_000)

    page.get_by_role("button", name="Let it go on").click()
    wait_for_copies(page, KILLED_AT)
    killed = crew.kill_node(Random(1))
    expect(page.get_by_role("heading", name=re.compile("^Sent"))).to_be_visible(timeout=60_000)
    expect(page.locator("#progress")).to_contain_text(f"{PEOPLE} of {PEOPLE} copies are done")
    expect(page.locator("#progress")).to_contain_text("100 %")

    edition = Edition.objects.get()
    wanted = set(subscribed().values_list("pk", flat=True))
    found = account(edition, server.ledger.read().copies, wanted=wanted)
    assert len(wanted) == edition.deliveries.count() == PEOPLE
    assert killed == SENDERS
    assert (found.missing, found.wrongs) == (0, [])
    assert found.extra <= killed
