"""Reporting a story: who may, what it does, and what becomes of a report."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Company, History, Publicity, User
from stories import reasons, signals
from stories.models import Outcome, Report, State, Story, Visibility
from stories.models.deeds import DecidedError, last_decisive
from stories.models.reviewing import TooLateError
from stories.reports import what_became_of
from stories.timeline import timeline
from tests.factories import UserFactory, draft_story, tell_story, telling

pytestmark = pytest.mark.django_db

WHY = "It names a customer who did not agree."


@pytest.fixture
def private(teller: User, nominee: User, manager: User) -> Story:
    return tell_story(teller, nominee, visibility=Visibility.PRIVATE)


@pytest.fixture
def reported(company: Company, story: Story, stranger: User) -> Story:
    story.report(WHY, by=stranger)
    return story


@pytest.fixture
def held(company: Company, story: Story) -> Story:
    """Hidden by three readers' reports."""
    for _each in range(3):
        story.report(WHY, by=UserFactory())
    return story


def outcomes(story: Story) -> list[str]:
    return list(Report.objects.filter(story=story).order_by("pk").values_list("outcome", flat=True))


def verbs_of(story: Story) -> list[str]:
    return list(History.objects.about(story).values_list("verb", flat=True))


def newest_deed(story: Story) -> int:
    row = last_decisive(story)
    assert row is not None
    return row.pk


# Who may


@pytest.mark.parametrize("who", ["stranger", "nominee", "manager", "other_manager", "culture_lead"])
def test_whoever_reads_a_published_story_reports_it(
    who: str, company: Company, story: Story, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(who)
    report = story.report(WHY, by=reader)
    assert (report.reporter, report.reason, report.outcome) == (reader, WHY, Outcome.OPEN)
    assert verbs_of(story) == ["submit", "report"]
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize("who", ["teller", "leaver"])
def test_its_teller_withdraws_it_and_a_leaver_does_nothing(
    who: str, company: Company, story: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        story.report(WHY, by=request.getfixturevalue(who))
    assert not Report.objects.exists()
    assert verbs_of(story) == ["submit"]


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


# Hidden by reports


def test_three_people_hide_a_story(held: Story) -> None:
    assert held.state == State.HIDDEN
    assert verbs_of(held) == ["submit", "report", "report", "report", "hide"]
    row = History.objects.about(held).get(verb="hide")
    assert (row.actor, row.note) == (None, reasons.REPORTED)
    assert (row.before, row.after) == ({"state": "published"}, {"state": "hidden"})
    assert outcomes(held) == ["", "", ""]


def test_three_times_the_same_person_does_not(
    company: Company, story: Story, stranger: User, manager: User
) -> None:
    for _each in range(3):
        story.report(WHY, by=stranger)
        story.keep_as_it_is(by=manager)
    assert story.state == State.PUBLISHED


@pytest.mark.parametrize(("limit", "state"), [(0, State.PUBLISHED), (1, State.HIDDEN)])
def test_the_company_says_how_many(
    limit: int, state: State, company: Company, story: Story, stranger: User, nominee: User
) -> None:
    Company.objects.update(reports_to_hide=limit)
    story.report(WHY, by=stranger)
    if not limit:
        story.report(WHY, by=nominee)
    assert story.state == state


def test_those_that_were_kept_do_not_count(
    company: Company, story: Story, stranger: User, nominee: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    story.report(WHY, by=nominee)
    story.keep_as_it_is(by=manager)
    story.report(WHY, by=UserFactory())
    assert story.state == State.PUBLISHED


def test_a_private_story_is_hidden_as_well(
    company: Company, private: Story, nominee: User, manager: User
) -> None:
    Company.objects.update(reports_to_hide=1)
    private.report(WHY, by=nominee)
    assert private.state == State.HIDDEN
    private.unhide(by=manager)
    assert (private.state, private.visibility) == (State.PUBLISHED, Visibility.PRIVATE)


# Outcomes

DECISIONS: dict[str, tuple[Callable[[Story, User], None], str]] = {
    "keep": (lambda story, by: story.keep_as_it_is(by=by), "kept"),
    "hide": (lambda story, by: story.hide(by=by, note="Names a customer"), "hidden"),
    "send back": (lambda story, by: story.send_back(by=by, note="Shorter"), "sent_back"),
}
OF_HELD: dict[str, tuple[Callable[[Story, User], None], str]] = {
    "unhide": (lambda story, by: story.unhide(by=by), "kept"),
    "hide": DECISIONS["hide"],
    "send back": DECISIONS["send back"],
}


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_decision_is_the_outcome_and_undoing_it_opens_the_report(
    verb: str, reported: Story, manager: User
) -> None:
    decide, outcome = DECISIONS[verb]
    decide(reported, manager)
    report = reported.reports.get()
    assert (report.outcome, report.closed_by) == (outcome, manager)
    assert what_became_of(report)
    reported.undo(newest_deed(reported), by=manager)
    report.refresh_from_db()
    assert (report.outcome, report.closed_by, report.closed_at) == ("", None, None)
    assert reported.state == State.PUBLISHED
    assert reported.looked_at is None


@pytest.mark.parametrize("verb", OF_HELD)
def test_what_reports_hid_waits_for_a_decision(verb: str, held: Story, culture_lead: User) -> None:
    decide, outcome = OF_HELD[verb]
    decide(held, culture_lead)
    assert outcomes(held) == [outcome] * 3
    held.undo(newest_deed(held), by=culture_lead)
    assert outcomes(held) == [""] * 3
    assert held.state == State.HIDDEN


def test_what_a_reviewer_hid_is_not_hidden_twice(story: Story, manager: User) -> None:
    story.hide(by=manager, note="Names a customer")
    for verb in ("hide", "send_back"):
        with pytest.raises(PermissionDenied):
            getattr(story, verb)(by=manager, note="Again")


def test_what_nobody_reported_is_not_kept(story: Story, manager: User) -> None:
    with pytest.raises(PermissionDenied):
        story.keep_as_it_is(by=manager)


@pytest.mark.parametrize("who", ["teller", "nominee", "stranger", "leaver", "other_manager"])
def test_nobody_but_a_reviewer_keeps_it(
    who: str, reported: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        reported.keep_as_it_is(by=request.getfixturevalue(who))
    assert outcomes(reported) == [""]


@pytest.mark.parametrize("state", ["reported", "held"])
def test_its_teller_withdraws_it(state: str, teller: User, request: pytest.FixtureRequest) -> None:
    story = request.getfixturevalue(state)
    story.withdraw(by=teller)
    assert set(outcomes(story)) == {"withdrawn"}


def test_its_teller_writes_it_anew_once_it_asks(
    reported: Story, teller: User, nominee: User
) -> None:
    """Reviewers see it no more, and of what it then says nobody has reported anything."""
    helper = UserFactory(publicity=Publicity.ASK_FIRST)
    reported.edit(telling(nominees=[nominee], helping_hands=[helper]), by=teller)
    assert (reported.state, outcomes(reported)) == (State.ASKING, [""])
    reported.rewrite(by=teller)
    assert outcomes(reported) == ["rewritten"]
    reported.keep(telling(nominees=[nominee]), by=teller)
    reported.submit(by=teller)
    assert not Story.objects.reported().exists()


def test_an_undone_decision_leaves_who_reported_anew_with_one_open_report(
    reported: Story, stranger: User, manager: User
) -> None:
    reported.keep_as_it_is(by=manager)
    deed = newest_deed(reported)
    reported.report("Still there.", by=stranger)
    reported.undo(deed, by=manager)
    assert outcomes(reported) == ["kept", ""]


def test_nobody_undoes_what_the_company_s_rule_did(held: Story, culture_lead: User) -> None:
    with pytest.raises(TooLateError):
        held.undo(newest_deed(held), by=culture_lead)


def test_looking_and_featuring_are_no_outcome(reported: Story, manager: User) -> None:
    reported.look(by=manager)
    reported.feature(by=manager)
    assert outcomes(reported) == [""]


@pytest.mark.parametrize("state", ["reported", "held"])
def test_what_was_reported_is_listed_until_it_is_decided(
    state: str, manager: User, request: pytest.FixtureRequest
) -> None:
    story = request.getfixturevalue(state)
    assert list(Story.objects.reported()) == [story]
    story.hide(by=manager, note="Names a customer")
    assert not Story.objects.reported().exists()


# Made private


def test_only_the_few_keep_their_reports_of_a_story_that_is_made_private(
    reported: Story, nominee: User, manager: User, teller: User
) -> None:
    reported.report(WHY, by=nominee)
    reported.keep_private(by=teller)
    assert outcomes(reported) == ["narrowed", ""]
    assert [report.opens for report in reported.reports.order_by("pk")] == [False, True]


# Who reads who reported


def test_reviewers_read_who_reported_and_why(reported: Story, manager: User) -> None:
    reported.keep_as_it_is(by=manager)
    told = [(deed.what, deed.who, deed.note) for deed in timeline(reported, manager)]
    assert [what for what, _who, _note in told] == ["Told", "Reported", "Kept as it is"]
    assert WHY in {note for _what, _who, note in told}


def test_its_teller_reads_nothing_of_it(reported: Story, manager: User, teller: User) -> None:
    reported.keep_as_it_is(by=manager)
    reported.undo(newest_deed(reported), by=manager)
    assert [deed.what for deed in timeline(reported, teller)] == ["Told"]


def test_its_teller_reads_why_it_is_hidden_and_not_by_whom(held: Story, teller: User) -> None:
    hidden = timeline(held, teller)[-1]
    assert (hidden.what, hidden.who) == ("Hidden", None)
    assert hidden.note == reasons.REPORTED


def test_a_report_that_came_meanwhile_is_read_before_it_is_closed(
    reported: Story, manager: User, culture_lead: User
) -> None:
    knew = last_decisive(reported)
    assert knew is not None
    reported.report("Worse than that: it names her.", by=culture_lead)
    with pytest.raises(DecidedError):
        reported.keep_as_it_is(by=manager, seen=knew.pk)
    assert outcomes(reported) == ["", ""]


def test_reports_hide_nothing_that_nobody_could_show_again(
    company: Company, culture_lead: User, stranger: User
) -> None:
    """A single culture lead's own story."""
    story = tell_story(culture_lead, stranger)
    for number in range(4):
        story.report(WHY, by=UserFactory(name=f"Reader {number}"))
    assert story.state == State.PUBLISHED
