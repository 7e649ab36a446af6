"""The manager's page of their team: who finds it, and what it holds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.teams import page

pytestmark = pytest.mark.django_db

LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 2
RIGHT_TO_LEFT = "ليلى بنت عبد الرحمن"


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
