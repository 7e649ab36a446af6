"""The HTML and the plain text of one copy say the same, link for link and word for word."""

from typing import Any

import pytest

from accounts.models import Company, User
from stories.digests.models import Edition
from stories.digests.sending import send_now
from stories.models import CustomerGroup, Story
from tests.digests.copies import Page, parsed, reader, shared_parts
from tests.digests.mailserver import text_of
from tests.factories import DepartmentFactory, GroupFactory, UserFactory, tell_story

# Signs that stand for what the HTML does with lines, colours and space.
SIGNS = {"·", "–", "---"}


def spoken(words: list[str]) -> list[str]:
    return [word for word in words if word not in SIGNS]


def assert_parts_agree(edition: Edition, language: str = "en", **said: Any) -> Page:
    """Compare both parts of one reader's copy; gives the HTML to ask more of it."""
    message = parsed(shared_parts(edition, language).copy_for(reader(**said)))
    page = Page(text_of(message, "html"))
    lines = text_of(message).splitlines()
    links = [line for line in lines if "://" in line]
    assert links == page.links
    assert page.preheader in " ".join(lines)
    words = " ".join(line for line in lines if "://" not in line)
    assert spoken(words.replace(page.preheader, "", 1).split()) == spoken(page.words)
    return page


@pytest.fixture
def buying(suppliers: CustomerGroup) -> int:
    """A department that serves the group of the story."""
    department = DepartmentFactory(name="Buying")
    suppliers.served_by.add(department)
    return department.pk


def test_for_somebody_with_no_part_in_it(edition: Edition) -> None:
    page = assert_parts_agree(edition)
    assert "Hello Sam, Suppliers A kayak school kept its season" in page.text


def test_for_somebody_without_a_name(edition: Edition) -> None:
    assert "Hello, Suppliers" in assert_parts_agree(edition, name="").text


def test_for_the_celebrated(edition: Edition, nominee: User) -> None:
    page = assert_parts_agree(edition, person=nominee.pk)
    assert "You are celebrated this week: “A kayak school kept its season”." in page.text


def test_for_their_department(edition: Edition, manager: User) -> None:
    page = assert_parts_agree(edition, department=manager.department_id)
    assert "One of these stories is from your department." in page.text


def test_for_those_who_serve_the_group(edition: Edition, buying: int) -> None:
    page = assert_parts_agree(edition, department=buying)
    assert "Your customers were looked after this week: Suppliers." in page.text


def test_with_a_note_and_a_subject_of_the_desk(edition: Edition) -> None:
    edition.note, edition.own_subject = "Thank you all.\n\nIt was a hard week.", "A hard week"
    page = assert_parts_agree(edition)
    assert "Thank you all. It was a hard week." in page.text


def test_without_a_vision(edition: Edition) -> None:
    Company.objects.update(vision="")
    assert_parts_agree(edition)


def test_in_a_quiet_week(edition: Edition) -> None:
    edition.picks.all().delete()
    Story.objects.all().update(visibility="private")
    page = assert_parts_agree(edition)
    assert "It was a quiet week No new story this time." in page.text
    assert page.preheader == "Two minutes are enough to tell a story."
    assert len(page.links) == 3


def tell_many(teller: User, customers: CustomerGroup) -> None:
    """All that stories can say, long, in scripts of both directions."""
    headlines = ("הלקוחה חזרה", "شركة صغيرة انتظرت", "山田さんの朝", "Ünïcödé & <b>", "5 > 4")
    for number, headline in enumerate(headlines):
        team = [UserFactory(name=f"{name} {number}") for name in ("נועה כהן", "Ana", "نور", "Li")]
        tell_story(
            teller,
            *team[: number % 4 + 1],
            headline=headline,
            what_they_did=f"{headline}. They rang at seven & moved {number} bookings. " * 60,
            customer_words=f"“{headline}”, she said. " * 20,
            customer_role="the owner of a kayak school",
            words_source="email",
            customer_group=customers if number % 2 else GroupFactory(name=f"קבוצה {number}"),
        )


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_with_six_stories_in_scripts_of_both_directions(
    company: Company, teller: User, story: Story, customers: CustomerGroup, language: str
) -> None:
    tell_many(teller, customers)
    page = assert_parts_agree(send_now(), language)
    assert len(page.links) == 6 + 4
