"""The manager's page: who was last celebrated, told a story or helped, as far as it is theirs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Company, Publicity, User
from stories.models import Story, Visibility
from tests.conftest import signed_in
from tests.factories import UserFactory, draft_story, tell_story, wants

pytestmark = pytest.mark.django_db

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 2
RIGHT_TO_LEFT = "ليلى بنت عبد الرحمن"


def page(client: Client, **query: str) -> Any:
    response = client.get("/team/", query)
    assert response.status_code == 200
    return response.context


def last(client: Client) -> dict[User, tuple[Story | None, Story | None, Story | None]]:
    """Each report's last story that celebrates them, that they told, that they helped with."""
    return {
        report.person: (report.celebrated, report.told, report.helped)
        for report in page(client)["page"].shown
    }


def quiet(client: Client) -> list[User]:
    return list(page(client)["quiet"])


def told_days_ago(story: Story, days: float) -> Story:
    Story.objects.filter(pk=story.pk).update(published_at=timezone.now() - timedelta(days=days))
    story.refresh_from_db()
    return story


# --- Who may ------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/team/", "/team/sheet/", "/team/sheet/?month=nonsense"])
def test_only_who_has_reports_finds_it(
    path: str,
    as_manager: Client,
    as_other_manager: Client,
    as_teller: Client,
    as_nominee: Client,
    as_culture_lead: Client,
    as_stranger: Client,
    nominee: User,
    client: Client,
) -> None:
    found = 404 if "nonsense" in path else 200
    assert as_manager.get(path).status_code == found
    assert as_other_manager.get(path).status_code == found
    for other in (as_teller, as_nominee, as_culture_lead, as_stranger):
        response = other.get(path)
        assert response.status_code == 404
        assert b"Your team" not in response.content
    assert client.get(path).status_code == 302


def test_a_leaver_is_signed_out(leaver: User) -> None:
    UserFactory(manager=leaver)
    assert signed_in(leaver).get("/team/").status_code == 302


def test_whose_reports_have_all_left_manages_nobody(as_manager: Client, nominee: User) -> None:
    nominee.is_active = False
    nominee.save()

    assert as_manager.get("/team/").status_code == 404
    assert b'href="/team/"' not in as_manager.get("/").content


def test_the_navigation_leads_managers_there_and_nobody_else(
    as_manager: Client,
    as_teller: Client,
    as_nominee: Client,
    as_culture_lead: Client,
    as_stranger: Client,
    nominee: User,
    client: Client,
) -> None:
    assert as_manager.get("/").content.count(b'href="/team/"') == 2
    for other in (as_teller, as_nominee, as_culture_lead, as_stranger):
        assert b'href="/team/"' not in other.get("/").content
    assert b'href="/team/"' not in client.get("/accounts/login/").content


@pytest.mark.parametrize("path", ["/team/", "/team/sheet/"])
def test_it_can_only_be_read(path: str, as_manager: Client, nominee: User) -> None:
    assert as_manager.post(path).status_code == 405


# --- Whom it shows ------------------------------------------------------------------------


def test_it_shows_direct_reports_by_name(
    as_manager: Client, manager: User, nominee: User, other_manager: User
) -> None:
    first = UserFactory(name="Abel Adams", manager=manager)
    UserFactory(name="Not direct", manager=nominee)

    assert list(last(as_manager)) == [first, nominee]


def test_a_leaver_among_the_reports_is_left_out(
    as_manager: Client, manager: User, nominee: User, leaver: User
) -> None:
    leaver.manager = manager
    leaver.save()

    assert list(last(as_manager)) == [nominee]
    assert leaver not in page(as_manager, list="not-celebrated-lately")["quiet"]


def test_who_changed_manager_is_on_the_new_ones_page_with_their_private_stories(
    as_manager: Client,
    as_other_manager: Client,
    manager: User,
    other_manager: User,
    teller: User,
    nominee: User,
) -> None:
    UserFactory(manager=manager)
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    assert last(as_manager)[nominee][0] == story
    nominee.manager = other_manager
    nominee.save()

    assert nominee not in last(as_manager)
    assert last(as_other_manager)[nominee][0] == story


# --- What it shows ------------------------------------------------------------------------


def test_it_shows_the_last_story_of_each_kind(
    as_manager: Client, teller: User, nominee: User, stranger: User
) -> None:
    told_days_ago(tell_story(teller, nominee), 5)
    celebrated = told_days_ago(tell_story(teller, nominee), 3)
    told = tell_story(nominee, stranger)
    told_days_ago(tell_story(nominee, stranger), 9)
    helped = told_days_ago(tell_story(teller, stranger, helping_hands=[nominee]), 12)

    assert last(as_manager)[nominee] == (celebrated, told, helped)


def test_nominee_of_one_story_and_helping_hand_of_another(
    as_manager: Client, manager: User, teller: User, nominee: User
) -> None:
    other = UserFactory(name="Zoe", manager=manager)
    first = tell_story(teller, nominee, helping_hands=[other])
    second = tell_story(teller, other, helping_hands=[nominee])

    assert last(as_manager) == {nominee: (first, None, second), other: (second, None, first)}


def test_what_is_not_published_does_not_count(
    as_manager: Client, teller: User, nominee: User, culture_lead: User, stranger: User
) -> None:
    draft_story(teller, nominee)
    draft_story(nominee, stranger)
    tell_story(teller, nominee).hide(by=culture_lead, note="Ask the customer first.")
    tell_story(teller, nominee).withdraw(by=teller)
    tell_story(teller, stranger, helping_hands=[nominee]).withdraw(by=teller)
    wants(nominee, Publicity.ASK_FIRST)
    tell_story(teller, nominee)

    assert last(as_manager)[nominee] == (None, None, None)


def test_a_story_hidden_gives_way_to_the_one_before(
    as_manager: Client, teller: User, nominee: User, culture_lead: User
) -> None:
    before = told_days_ago(tell_story(teller, nominee), 4)
    hidden = tell_story(teller, nominee)
    assert last(as_manager)[nominee][0] == hidden
    hidden.hide(by=culture_lead, note="Ask the customer first.")

    assert last(as_manager)[nominee][0] == before


def test_private_stories_count_where_the_manager_may_read_them(
    as_manager: Client, teller: User, nominee: User, stranger: User
) -> None:
    celebrated = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    tell_story(nominee, stranger, visibility=Visibility.PRIVATE)
    tell_story(teller, stranger, helping_hands=[nominee], visibility=Visibility.PRIVATE)

    assert last(as_manager)[nominee] == (celebrated, None, None)


# --- Not celebrated lately ----------------------------------------------------------------


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


# --- Its parts ----------------------------------------------------------------------------


def test_one_click_opens_the_composer_with_that_person(as_manager: Client, nominee: User) -> None:
    assert f'href="/stories/new/?nominee={nominee.ref}"' in (
        as_manager.get("/team/").content.decode()
    )


def test_a_team_without_stories_is_invited(as_manager: Client, nominee: User) -> None:
    html = as_manager.get("/team/").content.decode()

    assert "first story could be yours" in html
    assert "Not celebrated lately" not in html
    assert nominee.name in html


def test_names_are_escaped_and_keep_their_direction(as_manager: Client, manager: User) -> None:
    UserFactory(name="<b>Bo</b>", manager=manager)
    UserFactory(name=LONG_NAME[:120].strip(), manager=manager)
    UserFactory(name=RIGHT_TO_LEFT, manager=manager)
    html = as_manager.get("/team/").content.decode()

    assert "<b>Bo</b>" not in html
    assert f'<b dir="auto">{RIGHT_TO_LEFT}</b>' in html


@pytest.mark.parametrize("query", ["list=other", "list=", "after=forged", "after=%00", "after=A*"])
def test_a_forged_address_is_not_found(query: str, as_manager: Client, nominee: User) -> None:
    assert as_manager.get(f"/team/?{query}").status_code == 404


def test_long_teams_go_by_pages_of_thirty_and_nobody_is_lost(
    as_manager: Client, manager: User
) -> None:
    # The same name twice, where the first page ends.
    people = [UserFactory(name=f"Ann {number:03}", manager=manager) for number in range(29)]
    people += [UserFactory(name="Bo", manager=manager) for _ in range(3)]
    seen: list[User] = []
    after = ""
    for _ in range(2):
        shown = page(as_manager, after=after)["page"]
        seen += [report.person for report in shown.shown]
        after = shown.after

    assert seen == people
    assert after == ""


def test_the_page_makes_as_many_queries_at_3_and_at_300(
    as_manager: Client, manager: User, teller: User, stranger: User, company: Company
) -> None:
    counts: list[int] = []
    for size in (3, 297):
        people = User.objects.bulk_create(
            User(name=f"P {size} {n}", email=f"p{size}-{n}@company.example", manager=manager)
            for n in range(size)
        )
        tell_story(teller, people[0], helping_hands=[people[1]])
        tell_story(people[2], stranger)
        with CaptureQueriesContext(connection) as queries:
            page(as_manager)
        counts.append(len(queries))

    assert counts[0] == counts[1]
