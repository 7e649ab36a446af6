"""A real browser on a real server; everything committed, nothing rolled back."""

import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import Company, User
from stories.models import Story
from tests.browser import chromium
from tests.browser.console import Complaints
from tests.browser.desk import HEADLINES
from tests.factories import GroupFactory, UserFactory, tell_story
from tests.stories.reviewed import waiting_story

type Visit = Callable[..., Page]

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread; the ORM beside it is as synchronous as ever.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with chromium.launched() as browser:
            yield browser
            # Beside a loop Django keeps connections of their own; one left open would keep the test
            # database from being dropped where it was made before the browser.
            connections.close_all()


@pytest.fixture
def own_address(live_server: Any, settings: Any) -> str:
    """The server's address, as links and cookies must know it."""
    settings.KUDOS_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return str(live_server.url)


class UnderWay:
    """How many requests the server is answering at this moment."""

    def __init__(self) -> None:
        self.count = 0
        self.lock = Lock()

    def began(self, **kwargs: object) -> None:
        with self.lock:
            self.count += 1

    def ended(self, **kwargs: object) -> None:
        with self.lock:
            self.count -= 1

    def settle(self) -> None:
        """Return once nothing has been under way for a moment, or after five seconds."""
        quiet, deadline = 0, time.monotonic() + 5
        while quiet < 3 and time.monotonic() < deadline:
            quiet = quiet + 1 if self.count <= 0 else 0
            time.sleep(0.02)


@pytest.fixture
def under_way() -> Iterator[UnderWay]:
    counter = UnderWay()
    request_started.connect(counter.began)
    request_finished.connect(counter.ended)
    yield counter
    request_started.disconnect(counter.began)
    request_finished.disconnect(counter.ended)


@pytest.fixture
def visit(
    browser: Browser, own_address: str, transactional_db: None, under_way: UnderWay
) -> Iterator[Visit]:
    """A page of one's own: `visit(person)` is signed in, `visit(None)` is not.

    Anything that a page's console calls an error fails the test at its end, refusals by the
    content security policy above all, but for those that are expected: see `Complaints`.
    """
    contexts: list[BrowserContext] = []
    complaints = Complaints()

    def open_page(person: User | None = None, **options: Any) -> Page:
        context = browser.new_context(
            base_url=own_address, **({"viewport": DESKTOP, "locale": "en"} | options)
        )
        contexts.append(context)
        if person:
            context.add_cookies([session_cookie(person, own_address)])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", complaints.hear)
        page.on("pageerror", complaints.hear_error)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A draft still being saved would stand in the way of emptying the database.
    under_way.settle()
    assert not complaints


def session_cookie(person: User, address: str) -> Any:
    """What the browser of somebody signed in sends."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}


@pytest.fixture
def three_in_the_edition(company: Company, teller: User) -> None:
    """Three stories of three groups: all of them are in the next edition."""
    for headline in HEADLINES:
        tell_story(teller, UserFactory(), customer_group=GroupFactory(), headline=headline)


@pytest.fixture
def twelve(company: Company, manager: User, teller: User, nominee: User) -> list[Story]:
    """They wait for the manager, oldest first, as the review page lists them."""
    return [
        waiting_story(
            teller,
            nominee,
            headline=f"Story {number}",
            what_they_did="They rang the owner at seven. " * 20,
        )
        for number in range(1, 13)
    ]
