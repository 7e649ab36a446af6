"""No browser stores a page, and the Back button still loses nothing that was typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Company, User
from stories.models import CustomerGroup

type Visit = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)
HEADLINE = "A kayak school kept its season"


@pytest.fixture(autouse=True)
def there_is_a_group(suppliers: CustomerGroup, company: Company) -> None:
    """Every story can name it."""


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_typed_is_there_again_after_leaving_and_coming_back(
    visit: Visit, teller: User, scripts: bool
) -> None:
    page = visit(teller, java_script_enabled=scripts)
    page.goto("/stories/new/")
    headline = page.get_by_label("In one line, what happened?")
    headline.press_sequentially(HEADLINE)
    page.goto("/preferences/")
    page.go_back()
    expect(headline).to_have_value(HEADLINE)


def test_what_was_typed_waits_among_the_drafts(visit: Visit, teller: User) -> None:
    page = visit(teller)
    page.goto("/stories/new/")
    page.get_by_label("In one line, what happened?").press_sequentially(HEADLINE)
    expect(page.locator("#saved")).to_have_text("Saved a moment ago")
    page.goto("/stories/mine/")
    expect(page.locator("main")).to_contain_text(HEADLINE)
