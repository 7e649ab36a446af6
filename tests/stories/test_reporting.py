"""Reporting a story: who may, what it does, and who reads of it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Company, User
from stories import reasons, signals
from stories.models import Outcome, Report, State, Story
from stories.timeline import timeline
from tests.factories import draft_story, tell_story
from tests.stories.reported import WHY, outcomes
from tests.stories.reviewed import seen, verbs

pytestmark = pytest.mark.django_db


# Who may


@pytest.mark.parametrize("who", ["stranger", "nominee", "manager", "other_manager", "culture_lead"])
def test_whoever_reads_a_published_story_reports_it(
    who: str, company: Company, story: Story, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    report = story.report(WHY, by=reader)
    assert (report.reporter, report.reason, report.outcome) == (reader, WHY, Outcome.OPEN)
    assert verbs(story) == ["submit", "report"]
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize("who", ["teller", "leaver"])
def test_its_teller_withdraws_it_and_a_leaver_does_nothing(
    who: str, company: Company, story: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        story.report(WHY, by=request.getfixturevalue(who))
    assert not Report.objects.exists()
    assert verbs(story) == ["submit"]


@pytest.mark.parametrize("who", ["nominee", "manager"])
def test_the_few_report_a_private_story(
    who: str, company: Company, private: Story, request: pytest.FixtureRequest
) -> None:
    assert private.report(WHY, by=request.getfixturevalue(who)).opens


@pytest.mark.parametrize(
    "who", ["teller", "stranger", "director", "delegate", "other_manager", "culture_lead"]
)
def test_nobody_else_reports_a_private_story(
    who: str, company: Company, private: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        private.report(WHY, by=request.getfixturevalue(who))


def test_a_reviewer_who_sees_a_private_story_by_a_report_alone_adds_none(
    company: Company, private: Story, nominee: User, culture_lead: User
) -> None:
    private.report(WHY, by=nominee)
    with pytest.raises(PermissionDenied):
        private.report(WHY, by=culture_lead)


@pytest.mark.parametrize("verb", ["hide", "send_back"])
def test_what_is_not_read_is_not_reported(
    verb: str, company: Company, story: Story, stranger: User, culture_lead: User
) -> None:
    getattr(story, verb)(by=culture_lead, note="No")
    for reader in (stranger, culture_lead):
        with pytest.raises(PermissionDenied):
            story.report(WHY, by=reader)


def test_a_draft_is_not_reported(teller: User, nominee: User) -> None:
    with pytest.raises(PermissionDenied):
        draft_story(teller, nominee).report(WHY, by=nominee)


def test_a_second_report_waits_for_the_outcome_of_the_first(
    reported: Story, stranger: User, manager: User
) -> None:
    with pytest.raises(PermissionDenied):
        reported.report(WHY, by=stranger)
    reported.keep_as_it_is(by=manager)
    reported.report("Still there.", by=stranger)
    assert outcomes(reported) == ["kept", ""]


def test_the_database_holds_one_open_report_and_one_a_form(
    reported: Story, stranger: User, teller: User, nominee: User
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        reported.reports.create(reporter=stranger, reason=WHY)
    other = tell_story(teller, nominee)
    key = reported.reports.get().key
    with pytest.raises(IntegrityError), transaction.atomic():
        other.reports.create(reporter=stranger, reason=WHY, key=key)


def test_it_is_said_once_inside_the_transaction(
    company: Company, story: Story, stranger: User
) -> None:
    heard = []

    def hear(story: Story, by: User, report: Report, **kwargs: object) -> None:
        heard.append((story, by, report))

    signals.story_reported.connect(hear)
    try:
        report = story.report(WHY, by=stranger, key=uuid4())
    finally:
        signals.story_reported.disconnect(hear)
    assert heard == [(story, stranger, report)]


# Who reads who reported


def test_reviewers_read_who_reported_and_why(reported: Story, manager: User) -> None:
    reported.keep_as_it_is(by=manager)
    told = [(deed.what, deed.who, deed.note) for deed in timeline(reported, manager)]
    assert [what for what, _who, _note in told] == ["Told", "Reported", "Kept as it is"]
    assert WHY in {note for _what, _who, note in told}


def test_its_teller_reads_nothing_of_it(reported: Story, manager: User, teller: User) -> None:
    reported.keep_as_it_is(by=manager)
    reported.undo(seen(reported), by=manager)
    assert [deed.what for deed in timeline(reported, teller)] == ["Told"]


def test_its_teller_reads_why_it_is_hidden_and_not_by_whom(held: Story, teller: User) -> None:
    hidden = timeline(held, teller)[-1]
    assert (hidden.what, hidden.who) == ("Hidden", None)
    assert hidden.note == reasons.REPORTED
