"""What counts as an error of a page: a request that fails does, one that is broken off does not."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.models import Company, User
from stories.models import CustomerGroup
from tests.browser.conftest import UnderWay, session_cookie
from tests.browser.console import BROKEN_OFF, OVER, Complaints

pytestmark = pytest.mark.django_db(transaction=True)
FORM, LIST = ", [object HTMLFormElement]", ", [object HTMLUListElement]"
FAILED = "htmx:sendError"
DRAFT = "**/draft/"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([OVER + FORM, BROKEN_OFF + FORM], []),
        ([OVER + FORM, OVER + LIST, BROKEN_OFF + FORM, BROKEN_OFF + LIST], []),
        ([OVER + FORM], [OVER + FORM]),
        ([OVER + FORM, BROKEN_OFF + LIST], [OVER + FORM]),
        ([OVER + FORM, FAILED + FORM], [OVER + FORM, FAILED + FORM]),
    ],
)
def test_only_what_was_broken_off_is_passed_over(
    browser: Browser, said: list[str], kept: list[str]
) -> None:
    page, complaints = browser.new_page(), Complaints()
    page.on("console", complaints.hear)
    for text in said:
        page.evaluate("text => console.error(text)", text)
    page.close()
    assert complaints == kept


@pytest.fixture
def writing(
    browser: Browser,
    own_address: str,
    under_way: UnderWay,
    teller: User,
    suppliers: CustomerGroup,
    company: Company,
) -> Iterator[Page]:
    """The composer of somebody whose drafts meet what the test says."""
    context = browser.new_context(base_url=own_address, locale="en")
    context.add_cookies([session_cookie(teller, own_address)])
    page = context.new_page()
    page.goto("/stories/new/")
    yield page
    context.close()
    under_way.settle()


def write(page: Page) -> None:
    with page.expect_request(DRAFT):
        page.get_by_label("In one line, what happened?").press_sequentially("A kayak school")


def test_a_draft_that_is_broken_off_says_two_things_and_neither_counts(writing: Page) -> None:
    """As the browser does, now and then, when its reader goes on to another page."""
    texts, complaints = list[str](), Complaints()
    writing.on("console", lambda said: texts.append(said.text.split(",")[0]))
    writing.on("console", complaints.hear)
    writing.route(DRAFT, lambda route: None)
    write(writing)
    with writing.expect_event("console", lambda said: said.text.startswith(BROKEN_OFF)):
        writing.evaluate("window.stop()")
    assert texts == [OVER, BROKEN_OFF]
    assert complaints == []


def test_a_draft_that_finds_no_server_counts(writing: Page) -> None:
    complaints = Complaints()
    writing.on("console", complaints.hear)
    writing.route(DRAFT, lambda route: route.abort())
    with writing.expect_event("console", lambda said: said.text.startswith(FAILED)):
        write(writing)
    assert {OVER, FAILED} <= {text.split(",")[0] for text in complaints}
