"""What was reported, on the pages of its reviewers."""

import re

import pytest
from django.test import Client

from accounts.models import Company, User
from stories.models import Report, State, Story
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.reported import WHY, send
from tests.stories.reviewed import decide, seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_company(company: Company, manager: User) -> None:
    pass


def test_a_reviewer_works_through_what_was_reported(
    as_manager: Client, as_stranger: Client, teller: User, nominee: User, story: Story
) -> None:
    other = tell_story(teller, nominee, headline="Another story")
    for one in (story, other):
        send(as_stranger, one)
    shown = as_manager.get("/review/?tab=reported").text
    assert "One reader reported it" in shown
    assert WHY in shown
    assert shown.index("A kayak school") < shown.index("Another story")
    response = as_manager.post(f"/stories/{story.ref}/keeping/", {"tab": "reported"})
    assert response["Location"] == f"/review/?tab=reported&story={other.ref}"
    shown = as_manager.get(response["Location"]).text
    assert "It stays as it is." in shown
    assert "A kayak school" not in shown.split('id="list-title"')[1].split("</section>")[0]


def test_taking_a_decision_back_opens_it_among_those_reported(
    as_manager: Client, as_stranger: Client, story: Story
) -> None:
    send(as_stranger, story)
    decide(as_manager, story, "keeping", tab="reported")
    response = as_manager.post(f"/stories/{story.ref}/undoing/", {"deed": seen(story)})
    assert response["Location"] == f"/review/?tab=reported&story={story.ref}"


def test_what_reports_hid_says_so_and_can_be_left_hidden(
    as_manager: Client, as_stranger: Client, story: Story
) -> None:
    Company.objects.update(reports_to_hide=1)
    send(as_stranger, story)
    shown = as_manager.get(f"/review/?tab=hidden&story={story.ref}").text
    assert "Readers reported it, so it waits hidden" in shown
    assert "None" not in shown
    as_manager.post(f"/stories/{story.ref}/hiding/", {"note": "Rightly so.", "tab": "reported"})
    report = Report.objects.get()
    story.refresh_from_db()
    assert (story.state, report.outcome) == (State.HIDDEN, "hidden")
    assert "Nobody has reported anything" in as_manager.get("/review/?tab=reported").text


def test_what_is_reported_is_asked_for_before_what_was_published(
    as_manager: Client, as_stranger: Client, story: Story
) -> None:
    send(as_stranger, story)
    shown = as_manager.get("/review/").text
    assert re.search(r'tab=reported[^>]*aria-current="true"', shown)


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger", "other_manager"])
def test_nobody_but_its_reviewers_keeps_it(
    who: str, as_manager: Client, story: Story, request: pytest.FixtureRequest
) -> None:
    story.report(WHY, by=UserFactory())
    client = signed_in(request.getfixturevalue(who))
    assert client.post(f"/stories/{story.ref}/keeping/", {"note": ""}).status_code == 403
    assert Report.objects.open().count() == 1


def test_looking_at_a_story_is_no_answer_to_its_report(
    story: Story, stranger: User, as_manager: Client
) -> None:
    look = f"/stories/{story.ref}/look/"
    assert look in as_manager.get("/review/?tab=week").text
    story.report("It names a customer.", by=stranger)
    page = as_manager.get("/review/?tab=reported").text
    assert f"/stories/{story.ref}/keeping/" in page
    assert look not in page
