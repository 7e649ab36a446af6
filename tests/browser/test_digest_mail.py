"""The digest's HTML as a mail program shows it: readable by everybody, and fetching nothing."""

import pytest
from playwright.sync_api import Page, Route

from accounts.models import Company, User
from stories.digests.models import Edition
from stories.digests.sending import send_now
from stories.models import CustomerGroup, Story
from stories.models.customer_group import Hue
from tests.browser.audit import findings
from tests.browser.conftest import Visit
from tests.digests.copies import parsed, reader, shared_parts
from tests.digests.mailserver import text_of
from tests.factories import GroupFactory, UserFactory, tell_story

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Llanfairpwllgwyngyll"
# A mail stands inside the page of a mail program, which has the landmarks.
THE_PROGRAMS_OWN = ("landmark", "region")


@pytest.fixture
def edition(company: Company, story: Story) -> Edition:
    return send_now()


def faults(page: Page, html: str) -> list[str]:
    """What is wrong with the mail, with everything blocked that it might fetch."""
    asked: list[str] = []

    def block(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="")

    page.route("**/*", block)
    page.set_content(html)
    wrong = [str(finding) for finding in findings(page)]
    return asked + [line for line in wrong if not any(own in line for own in THE_PROGRAMS_OWN)]


def html_of(edition: Edition, person: int = 0) -> str:
    return text_of(parsed(shared_parts(edition).copy_for(reader(person=person))), "html")


def test_an_edition_with_the_personal_block(visit: Visit, edition: Edition, nominee: User) -> None:
    assert faults(visit(), html_of(edition, nominee.pk)) == []


@pytest.mark.parametrize("hue", [110, 200, 285])
def test_in_another_accent(visit: Visit, edition: Edition, nominee: User, hue: int) -> None:
    Company.objects.update(accent_hue=hue)
    assert faults(visit(), html_of(edition, nominee.pk)) == []


def test_a_quiet_week(visit: Visit, edition: Edition) -> None:
    edition.picks.all().delete()
    Story.objects.update(visibility="private")
    assert faults(visit(), html_of(edition)) == []


@pytest.mark.parametrize("hues", [Hue.values[:4], Hue.values[4:]])
def test_long_names_in_every_hue_and_both_directions(
    visit: Visit, company: Company, teller: User, hues: list[str]
) -> None:
    for number, hue in enumerate(hues):
        tell_story(
            teller,
            UserFactory(name=f"{LONG_NAME}{number}"),
            UserFactory(name="نور الحداد"),
            customer_group=GroupFactory(name=f"{number}{LONG_NAME}"[:60], hue=hue),
            headline="שרה" if number % 2 else f"{number} {LONG_NAME}",
            what_they_did=f"{number} of them rang at seven in the morning. " * 30,
            customer_words=f"{LONG_NAME} rang {number} times.",
            words_source="email",
        )
    edition = send_now()
    edition.note = "Thank you all for a hard week."
    assert faults(visit(), html_of(edition)) == []


def test_the_audit_of_a_mail_can_fail(
    visit: Visit, edition: Edition, suppliers: CustomerGroup
) -> None:
    html = html_of(edition).replace(
        "<h1", '<img src="https://spy.example/seen.gif"><p style="width: 500px">Wide</p><h1'
    )
    said = faults(visit(), html)
    assert "https://spy.example/seen.gif" in said
    assert any("image-alt" in line for line in said)
    assert any("scrolls sideways" in line for line in said)
