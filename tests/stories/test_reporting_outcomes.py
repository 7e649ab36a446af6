"""What becomes of a report: every decision is its outcome, until it is undone."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Publicity, User
from stories.models import State, Story
from stories.models.deeds import DecidedError, last_decisive
from stories.models.reviewing import TooLateError
from stories.reports import what_became_of
from tests.factories import UserFactory, telling
from tests.stories.reported import WHY, outcomes
from tests.stories.reviewed import seen

pytestmark = pytest.mark.django_db

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
    reported.undo(seen(reported), by=manager)
    report.refresh_from_db()
    assert (report.outcome, report.closed_by, report.closed_at) == ("", None, None)
    assert reported.state == State.PUBLISHED
    assert reported.looked_at is None


@pytest.mark.parametrize("verb", OF_HELD)
def test_what_reports_hid_waits_for_a_decision(verb: str, held: Story, culture_lead: User) -> None:
    decide, outcome = OF_HELD[verb]
    decide(held, culture_lead)
    assert outcomes(held) == [outcome] * 3
    held.undo(seen(held), by=culture_lead)
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
    deed = seen(reported)
    reported.report("Still there.", by=stranger)
    reported.undo(deed, by=manager)
    assert outcomes(reported) == ["kept", ""]


def test_nobody_undoes_what_the_company_s_rule_did(held: Story, culture_lead: User) -> None:
    with pytest.raises(TooLateError):
        held.undo(seen(held), by=culture_lead)


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


def test_only_the_few_keep_their_reports_of_a_story_that_is_made_private(
    reported: Story, nominee: User, manager: User, teller: User
) -> None:
    reported.report(WHY, by=nominee)
    reported.keep_private(by=teller)
    assert outcomes(reported) == ["narrowed", ""]
    assert [report.opens for report in reported.reports.order_by("pk")] == [False, True]


def test_a_report_that_came_meanwhile_is_read_before_it_is_closed(
    reported: Story, manager: User, culture_lead: User
) -> None:
    knew = last_decisive(reported)
    assert knew is not None
    reported.report("Worse than that: it names her.", by=culture_lead)
    with pytest.raises(DecidedError):
        reported.keep_as_it_is(by=manager, seen=knew.pk)
    assert outcomes(reported) == ["", ""]
