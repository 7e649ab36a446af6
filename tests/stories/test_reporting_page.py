"""Reporting from the page of a story, and what its reader meets there afterwards."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Company, User
from stories.models import Report, Story, Visibility
from stories.models.limits import REPORT_MAX
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story
from tests.stories.reported import WHY, page, send

pytestmark = pytest.mark.django_db

FORM = "Report this story"
THANKS = "Thank you. Its reviewers are told, and you will hear what comes of it."
WAITS = "A reviewer will look at it"


@pytest.fixture(autouse=True)
def a_company(company: Company, manager: User) -> None:
    pass


@pytest.mark.parametrize("who", ["stranger", "nominee", "manager", "other_manager", "culture_lead"])
def test_whoever_reads_it_is_offered_to_report_it(
    who: str, story: Story, request: pytest.FixtureRequest
) -> None:
    assert FORM in page(signed_in(request.getfixturevalue(who)), story)


def test_its_teller_is_not_and_hears_why(as_teller: Client, story: Story) -> None:
    assert FORM not in page(as_teller, story)
    response = send(as_teller, story)
    assert response.status_code == 403
    assert "you can change or withdraw it yourself" in response.text


def test_thanks_come_and_then_that_it_is_looked_at(
    as_stranger: Client, stranger: User, story: Story
) -> None:
    response = send(as_stranger, story, key=str(uuid4()))
    assert response["Location"] == story.get_absolute_url()
    shown = page(as_stranger, story)
    assert THANKS in shown
    assert WAITS in shown
    assert FORM not in shown
    assert THANKS not in page(as_stranger, story)
    assert Report.objects.get().reporter == stranger


def test_and_then_the_outcome_with_a_form_for_another(
    as_stranger: Client, story: Story, manager: User
) -> None:
    send(as_stranger, story)
    story.keep_as_it_is(by=manager)
    shown = page(as_stranger, story)
    assert "kept it as it is" in shown
    assert "Report this story again" in shown
    assert manager.name not in shown.split('id="report"')[1].split("</section>")[0]


def test_a_double_click_is_one_report(as_stranger: Client, story: Story, manager: User) -> None:
    key = str(uuid4())
    for _click in range(2):
        assert send(as_stranger, story, key=key).status_code == 302
    story.keep_as_it_is(by=manager)
    assert send(as_stranger, story, key=key).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize("key", ["", "nonsense", "0"])
def test_a_form_without_a_key_is_a_report_all_the_same(
    key: str, as_stranger: Client, story: Story
) -> None:
    assert send(as_stranger, story, key=key).status_code == 302
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "Say what is wrong"),
        ("  \n ", "Say what is wrong"),
        ("x" * (REPORT_MAX + 1), "Keep this to 500 letters; it has 501."),
        ("It says \u202etxet", "invisible control characters"),
    ],
)
def test_a_reason_that_will_not_do_comes_back(
    reason: str, said: str, as_stranger: Client, story: Story
) -> None:
    key = str(uuid4())
    response = send(as_stranger, story, reason, key=key)
    assert response.status_code == 422
    assert said in response.text
    assert key in response.text
    assert re.search(r'<details class="fold" open>\s*<summary>Report this story', response.text)
    assert not Report.objects.exists()


def test_line_breaks_of_browsers_count_as_one_letter(as_stranger: Client, story: Story) -> None:
    send(as_stranger, story, "\r\n".join(["x"] * (REPORT_MAX // 2)))
    assert Report.objects.get().reason == "\n".join(["x"] * (REPORT_MAX // 2))


def test_the_last_report_leads_to_the_feed_once_it_hides_the_story(
    as_stranger: Client, story: Story
) -> None:
    Company.objects.update(reports_to_hide=1)
    response = send(as_stranger, story)
    assert response["Location"] == "/"
    assert THANKS in as_stranger.get("/").text
    assert as_stranger.get(story.get_absolute_url()).status_code == 404


def test_its_teller_reads_that_readers_reported_it_and_not_who(
    as_teller: Client, as_stranger: Client, story: Story
) -> None:
    Company.objects.update(reports_to_hide=1)
    send(as_stranger, story)
    shown = page(as_teller, story)
    assert "Readers reported this story" in shown
    for words in ("Sam Stone", WHY):
        assert words not in shown
        assert words not in as_teller.get(f"{story.get_absolute_url()}versions/").text


def test_the_teller_of_a_story_that_is_still_read_meets_no_trace(
    as_teller: Client, as_nominee: Client, as_stranger: Client, story: Story, manager: User
) -> None:
    before = [_plain(page(client, story)) for client in (as_teller, as_nominee)]
    send(as_stranger, story)
    assert [_plain(page(client, story)) for client in (as_teller, as_nominee)] == before
    story.keep_as_it_is(by=manager)
    assert [_plain(page(client, story)) for client in (as_teller, as_nominee)] == before


def _plain(html: str) -> str:
    """Without what is new each time: the tokens against forged forms, and the keys of forms."""
    return re.sub(r"\b\w{64}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|value=\"\d+\"|\d+ seconds", "", html)


@pytest.mark.parametrize(
    "who", ["stranger", "director", "delegate", "other_manager", "culture_lead"]
)
def test_a_private_story_is_not_found_by_who_may_not_read_it(
    who: str, teller: User, nominee: User, request: pytest.FixtureRequest
) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    response = send(signed_in(request.getfixturevalue(who)), story)
    assert response.status_code == 404
    assert not Report.objects.exists()


def test_a_reviewer_of_a_hidden_story_does_not_report_it(
    as_culture_lead: Client, story: Story, manager: User
) -> None:
    story.hide(by=manager, note="A name in it.")
    assert FORM not in page(as_culture_lead, story)
    assert send(as_culture_lead, story).status_code == 403


def test_looking_takes_as_many_queries_with_many_reports(
    as_stranger: Client, as_culture_lead: Client, story: Story
) -> None:
    Company.objects.update(reports_to_hide=0)
    send(as_stranger, story)
    review = f"/review/?tab=reported&story={story.ref}"
    counts = []
    for more in (0, 5):
        for _each in range(more):
            story.report(WHY, by=UserFactory())
        for client, address in (
            (as_stranger, story.get_absolute_url()),
            (as_culture_lead, story.get_absolute_url()),
            (as_culture_lead, review),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
