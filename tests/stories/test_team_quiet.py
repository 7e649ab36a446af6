"""Who of a team was not celebrated lately, as far as it is the manager's to know."""

import pytest
from django.test import Client

from accounts.models import User
from stories.models import Story, Visibility
from tests.factories import UserFactory, tell_story
from tests.stories.teams import page, told_days_ago

pytestmark = pytest.mark.django_db


def quiet(client: Client) -> list[User]:
    return list(page(client)["quiet"])


def test_who_was_not_celebrated_for_90_days_is_on_the_quiet_list(
    as_manager: Client, manager: User, teller: User, nominee: User, stranger: User
) -> None:
    never = UserFactory(name="Never", manager=manager)
    long_ago = UserFactory(name="Long ago", manager=manager)
    just_so = UserFactory(name="Just so", manager=manager)
    told_days_ago(tell_story(teller, long_ago), 90.1)
    told_days_ago(tell_story(teller, just_so), 89.9)
    tell_story(teller, nominee, helping_hands=[never])
    tell_story(never, stranger)

    assert quiet(as_manager) == [long_ago, never]


def test_a_story_that_the_manager_may_not_read_takes_nobody_off_it(
    as_manager: Client, teller: User, nominee: User, culture_lead: User, stranger: User
) -> None:
    tell_story(nominee, stranger)
    tell_story(teller, nominee).hide(by=culture_lead, note="Ask the customer first.")

    assert quiet(as_manager) == [nominee]


def test_a_private_story_takes_them_off_it_without_a_trace_for_others(
    as_manager: Client, as_stranger: Client, teller: User, nominee: User
) -> None:
    tell_story(teller, nominee, visibility=Visibility.PRIVATE)

    assert quiet(as_manager) == []
    assert b"celebrates each of them" in as_manager.get("/team/").content


def test_a_long_quiet_list_has_a_page_of_its_own(
    as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    for number in range(8):
        UserFactory(name=f"Quiet {number}", manager=manager)
    tell_story(teller, nominee)

    assert [person.name for person in quiet(as_manager)] == [f"Quiet {n}" for n in range(6)]
    assert b"Everybody not celebrated lately" in as_manager.get("/team/").content
    listed = page(as_manager, list="not-celebrated-lately")["page"].shown
    assert [report.person.name for report in listed] == [f"Quiet {n}" for n in range(8)]


def test_the_quiet_page_says_so_when_nobody_is_on_it(as_manager: Client, story: Story) -> None:
    response = as_manager.get("/team/", {"list": "not-celebrated-lately"})

    assert b"Everybody was celebrated lately" in response.content


def test_it_counts_nobodys_stories(as_manager: Client, teller: User, nominee: User) -> None:
    for _ in range(17):
        tell_story(teller, nominee)

    assert "17" not in main(as_manager.get("/team/").content.decode())


def main(html: str) -> str:
    """What a reader reads of it: without the addresses, which hold random letters."""
    return " ".join(
        piece.rpartition(">")[2] for piece in html.partition("<main")[2].split("<")
    ).partition("Kudos at")[0]
