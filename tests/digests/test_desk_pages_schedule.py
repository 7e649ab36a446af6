"""The company's schedule as culture leads change it, and the history of all that they do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import Company, History, User
from stories.digests.desk.planning import next_edition
from stories.digests.models import Edition
from stories.models import Story
from tests.conftest import signed_in
from tests.digests.desk_pages import queries

pytestmark = pytest.mark.django_db
SCHEDULE, HISTORY = "/digest/desk/schedule/", "/digest/desk/history/"
TOO_FEW = "Choose 1 or more, or leave it empty for no limit."
TOO_MANY = "Choose at most 32,767, or leave it empty for no limit."
NO_NUMBER = "Write a whole number, such as 30, or leave it empty for no limit."

THURSDAY = datetime(2026, 11, 19, 12, tzinfo=UTC)
TUESDAY, WEDNESDAY = THURSDAY + timedelta(days=5), THURSDAY + timedelta(days=6)


@pytest.fixture(autouse=True)
def on_a_thursday() -> Iterator[None]:
    """No choice of another day or hour makes an edition leave at once, or not at all."""
    with time_machine.travel(THURSDAY):
        yield


def schedule(**changed: Any) -> dict[str, Any]:
    return {
        "digest_weekday": "0",
        "digest_hour": "9",
        "time_zone": "UTC",
        "quiet_week": "skip",
        "reply_to": "",
        "digest_resends": "1",
        "digest_per_second": "",
        "digest_per_minute": "",
    } | changed


@pytest.mark.parametrize(
    ("field", "sent", "kept"),
    [
        ("digest_weekday", "4", 4),
        ("digest_hour", "16", 16),
        ("time_zone", "Europe/Berlin", "Europe/Berlin"),
        ("quiet_week", "prompt", "prompt"),
        ("reply_to", "cora@company.example", "cora@company.example"),
        ("digest_resends", "0", 0),
        ("digest_per_second", "5", 5),
        ("digest_per_minute", "30", 30),
        ("digest_per_minute", "32767", 32_767),
    ],
)
def test_a_choice_is_kept_with_what_it_was_before(
    as_culture_lead: Client, company: Company, culture_lead: User, field: str, sent: str, kept: Any
) -> None:
    before = getattr(company, field)
    assertRedirects(as_culture_lead.post(SCHEDULE, schedule(**{field: sent})), SCHEDULE)
    company.refresh_from_db()
    assert getattr(company, field) == kept
    row = History.objects.about(company).get()
    assert (row.actor, row.before, row.after) == (culture_lead, {field: before}, {field: kept})


@pytest.mark.parametrize(
    ("field", "sent", "said"),
    [
        ("digest_hour", "25", "A day has the hours 0 to 23. Choose one of them."),
        ("digest_hour", "-1", "A day has the hours 0 to 23. Choose one of them."),
        ("digest_hour", "", "This field is required."),
        ("digest_weekday", "7", "Select a valid choice."),
        (
            "time_zone",
            "Mars/Olympus",
            "“Mars/Olympus” is not a time zone. Choose one from the list.",
        ),
        ("reply_to", "nobody", "Enter a valid email address."),
        ("digest_per_second", "0", TOO_FEW),
        ("digest_per_minute", "-1", TOO_FEW),
        ("digest_per_second", "32768", TOO_MANY),
        ("digest_per_minute", "9" * 5000, NO_NUMBER),
        ("digest_per_minute", "many", NO_NUMBER),
        ("digest_per_minute", "2.5", NO_NUMBER),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_nothing_is_lost(
    as_culture_lead: Client, company: Company, field: str, sent: str, said: str
) -> None:
    others = {"reply_to": "cora@company.example", "digest_per_minute": "30"}
    answer = as_culture_lead.post(SCHEDULE, schedule(**(others | {field: sent})))
    assertContains(answer, said, status_code=422)
    for name, typed in others.items():
        if name != field:
            assertContains(answer, f'value="{typed}"', status_code=422)
    assertContains(answer, f'id="id_{field}_error"', status_code=422)
    assert not History.objects.exists()
    company.refresh_from_db()
    assert (company.digest_hour, company.reply_to) == (9, "")


@pytest.mark.parametrize(("field", "sent"), [("digest_hour", "25"), ("digest_weekday", "<7>")])
def test_a_choice_that_is_none_is_shown_as_it_was_sent(
    as_culture_lead: Client, company: Company, field: str, sent: str
) -> None:
    answer = as_culture_lead.post(SCHEDULE, schedule(**{field: sent}))
    shown = f'<option value="{escape(sent)}" selected>{escape(sent)}</option>'
    assertContains(answer, shown, status_code=422)


def test_a_save_that_changes_nothing_leaves_no_history(
    as_culture_lead: Client, company: Company
) -> None:
    as_culture_lead.post(SCHEDULE, schedule())
    assert not History.objects.exists()


def test_a_company_that_is_not_set_up_yet_has_a_schedule_too(
    as_culture_lead: Client, culture_lead: User
) -> None:
    assert as_culture_lead.get(SCHEDULE).status_code == 200
    assert not Company.objects.exists()
    as_culture_lead.post(SCHEDULE, schedule(digest_hour="11"))
    assert Company.current().digest_hour == 11


def test_afterwards_it_says_when_the_next_edition_leaves(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    page = as_culture_lead.post(SCHEDULE, schedule(digest_hour="23"), follow=True)
    assertContains(page, "Saved.")
    assertContains(page, "at 23:00</time> by your clock")


def test_a_planned_edition_follows_the_schedule(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    week = next_edition().week_start
    as_culture_lead.post(SCHEDULE, schedule(digest_weekday="6", digest_hour="23"))
    assert next_edition().week_start <= week
    assert next_edition().cutoff_at.hour == 23


def test_history_tells_who_did_what_when_and_why(
    as_culture_lead: Client, company: Company, story: Story, culture_lead: User
) -> None:
    edition = next_edition()
    edition.pause(by=culture_lead, note="")
    edition.abort(by=culture_lead, note="The wrong week.")
    as_culture_lead.post(SCHEDULE, schedule(digest_hour="10"))
    page = as_culture_lead.get(HISTORY)
    deeds = page.context["deeds"]
    assert [deed.what for deed in deeds] == ["Changed the schedule", "Gave it up", "Paused it"]
    assertContains(page, "The wrong week.")
    assertContains(page, "Digest hour")
    assertContains(page, "Cora Lindqvist")


def test_history_shows_choices_in_words(as_culture_lead: Client, company: Company) -> None:
    as_culture_lead.post(SCHEDULE, schedule(digest_weekday="4", reply_to="cora@company.example"))
    [deed] = as_culture_lead.get(HISTORY).context["deeds"]
    assert {(change.was, change.became) for change in deed.changes} == {
        ("Monday", "Friday"),
        ("nothing", "cora@company.example"),
    }


def test_what_the_system_did_says_that_nobody_asked_for_it(
    as_culture_lead: Client, company: Company, story: Story
) -> None:
    next_edition().pause(by=None, note="535 who are you")
    page = as_culture_lead.get(HISTORY)
    assertContains(page, "By itself")
    assertContains(page, "535 who are you")


def test_history_is_of_the_digest_alone(
    as_culture_lead: Client, company: Company, story: Story, culture_lead: User
) -> None:
    History.objects.record("change", company, actor=culture_lead, after={"vision": "Another"})
    History.objects.record("hide", story, actor=culture_lead, note="A story's own matter")
    assertContains(as_culture_lead.get(HISTORY), "Nothing yet")


def test_history_goes_by_cursor_with_a_fixed_number_of_queries(
    as_culture_lead: Client, company: Company, story: Story, culture_lead: User
) -> None:
    edition = next_edition()
    History.objects.record("pause", edition, actor=culture_lead)
    queries(as_culture_lead, HISTORY)
    few = queries(as_culture_lead, HISTORY)
    for _number in range(59):
        History.objects.record("pause", edition, actor=culture_lead)
    assert queries(as_culture_lead, HISTORY) == few
    first = as_culture_lead.get(HISTORY)
    assert len(first.context["deeds"]) == 50
    rest = as_culture_lead.get(f"{HISTORY}?after={first.context['next']}")
    assert len(rest.context["deeds"]) == 10
    assert rest.context["next"] == ""
    assert as_culture_lead.get(f"{HISTORY}?after=x").status_code == 404
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("today", "said"),
    [(TUESDAY, "it leaves within a minute"), (WEDNESDAY, "nobody gets it")],
)
def test_a_change_that_takes_effect_at_once_is_asked_about_first(
    company: Company,
    story: Story,
    stranger: User,
    culture_lead: User,
    today: datetime,
    said: str,
) -> None:
    Company.objects.update(digest_weekday=4)
    with time_machine.travel(today, tick=False):
        client = signed_in(culture_lead)
        asked = client.post(SCHEDULE, schedule(reply_to="cora@company.example"))
        assertContains(asked, said)
        assert Company.objects.get().digest_weekday == 4
        fields = {name: asked.context["form"][name].value() for name in schedule()}
        agreed = {"agreed": asked.context["outcome"]}
        assertRedirects(client.post(SCHEDULE, fields | agreed), SCHEDULE)
    company.refresh_from_db()
    assert (company.digest_weekday, company.reply_to) == (0, "cora@company.example")


def test_the_page_that_asks_holds_the_form_as_it_was_sent(
    company: Company, story: Story, stranger: User, culture_lead: User
) -> None:
    Company.objects.update(digest_weekday=4)
    with time_machine.travel(TUESDAY, tick=False):
        asked = signed_in(culture_lead).post(SCHEDULE, schedule(digest_per_minute="30"))
    for name, value in schedule(digest_per_minute="30").items():
        assertContains(
            asked, f'type="hidden" name="{name}"' + (f' value="{value}"' if value else "")
        )
