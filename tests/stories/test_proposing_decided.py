"""Deciding about an edit that waits: who may, who was faster, and what is undone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Delegation, History, User
from accounts.models.delegation import today
from stories.models import Proposal, State, Story
from stories.models.deeds import DecidedError
from stories.models.reviewing import UNDO_WINDOW, TooLateError
from stories.reviewers import reviewers_of_edit
from tests.factories import UserFactory
from tests.stories.proposed import NEW, again, edit, is_waiting
from tests.stories.reviewed import OTHERS, REVIEWERS, seen, verbs


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_lets_it_be_read(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    assert list(Story.objects.edits_for(reviewer)) == [proposed]
    published_at = proposed.published_at
    proposed.publish_edit(by=reviewer)
    now = again(proposed)
    assert (now.headline, now.state, now.published_at) == (NEW, State.PUBLISHED, published_at)
    assert now.edited_at is not None
    assert now.looked_at is not None
    assert not Proposal.objects.exists()
    row = History.objects.about(proposed).last()
    assert row is not None
    assert (row.verb, row.actor, row.after["headline"]) == ("publish edit", reviewer, NEW)


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewer_sends_it_back_and_the_teller_proposes_again(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    reviewer = request.getfixturevalue(who)
    proposed.send_edit_back(by=reviewer, note="Forty, I think?")
    assert again(proposed).headline == "A kayak school kept its season"
    assert not is_waiting(proposed)
    assert again(proposed).proposal.note == "Forty, I think?"
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert edit(proposed, headline=NEW)
    assert is_waiting(proposed)
    assert again(proposed).proposal.note == ""


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("verb", ["publish_edit", "send_edit_back"])
def test_nobody_else_decides(
    who: str, verb: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    said = {"note": "No"} if verb == "send_edit_back" else {}
    assert not Story.objects.edits_for(other).exists()
    with pytest.raises(PermissionDenied):
        getattr(proposed, verb)(by=other, **said)
    assert is_waiting(proposed)


@pytest.mark.parametrize("who", REVIEWERS)
def test_nobody_decides_about_an_edit_that_names_them(
    who: str, careful: Story, request: pytest.FixtureRequest
) -> None:
    named = request.getfixturevalue(who)
    UserFactory(is_culture_lead=True)
    edit(careful, helping_hands=[named])
    assert is_waiting(careful)
    assert not Story.objects.edits_for(named).exists()
    with pytest.raises(PermissionDenied):
        careful.publish_edit(by=named)


def test_whoever_stands_in_decides_only_what_the_absent_might(
    careful: Story, delegate: User, manager: User, culture_lead: User
) -> None:
    """The change names the manager, in whose place the delegate reviews."""
    edit(careful, helping_hands=[manager])
    assert not Story.objects.edits_for(delegate).exists()
    assert delegate not in reviewers_of_edit(careful)
    with pytest.raises(PermissionDenied):
        careful.publish_edit(by=delegate)


def test_whoever_stands_in_for_two_decides_where_one_of_them_might(
    careful: Story, delegate: User, manager: User, culture_lead: User
) -> None:
    Delegation.objects.hand_over(culture_lead, delegate, first=today(), last=today())
    edit(careful, helping_hands=[manager])
    assert list(Story.objects.edits_for(delegate)) == [careful]
    assert delegate in reviewers_of_edit(careful)
    careful.publish_edit(by=delegate)
    assert not Proposal.objects.exists()


def test_an_edit_does_not_wait_for_who_stands_in_for_somebody_it_names(
    careful: Story, delegate: User, manager: User
) -> None:
    edit(careful, helping_hands=[manager])
    assert not is_waiting(careful)
    assert manager in again(careful).helping_hands


@pytest.mark.parametrize("verb", ["publish_edit", "send_edit_back"])
def test_the_second_of_two_reviewers_hears_who_was_faster(
    verb: str, proposed: Story, manager: User, culture_lead: User
) -> None:
    knew = seen(proposed)
    proposed.publish_edit(by=manager, seen=knew)
    said = {"note": "No"} if verb == "send_edit_back" else {}
    with pytest.raises(DecidedError) as caught:
        getattr(again(proposed), verb)(by=culture_lead, seen=knew, **said)
    assert (caught.value.deed.verb, caught.value.deed.actor) == ("publish edit", manager)


def test_a_reviewer_decides_about_no_other_words_than_they_read(
    proposed: Story, manager: User, teller: User
) -> None:
    knew = seen(proposed)
    edit(proposed, headline="Something else")
    with pytest.raises(DecidedError):
        proposed.publish_edit(by=manager, seen=knew)
    knew = seen(proposed)
    proposed.take_edit_back(by=teller)
    with pytest.raises(DecidedError):
        proposed.publish_edit(by=manager, seen=knew)
    with pytest.raises(PermissionDenied):
        proposed.publish_edit(by=manager)


def test_sending_it_back_is_undone(proposed: Story, manager: User) -> None:
    says = proposed.proposal.says
    proposed.send_edit_back(by=manager, note="Forty, I think?")
    proposed.undo(seen(proposed), by=manager)
    proposal = again(proposed).proposal
    assert (proposal.says, proposal.returned_at, proposal.note) == (says, None, "")
    assert is_waiting(proposed)
    assert verbs(proposed)[-2:] == ["send edit back", "undo send edit back"]


@pytest.mark.parametrize("late", ["another", "seconds", "proposed", "taken back"])
def test_it_is_not_undone_too_late_or_by_another(
    late: str, proposed: Story, manager: User, culture_lead: User, teller: User
) -> None:
    proposed.send_edit_back(by=manager, note="Forty, I think?")
    deed, by, at = seen(proposed), manager, timezone.now()
    if late == "another":
        by = culture_lead
    elif late == "seconds":
        at += UNDO_WINDOW + timedelta(seconds=1)
    elif late == "proposed":
        edit(proposed, headline="Forty trips were saved")
    else:
        proposed.take_edit_back(by=teller)
    before = list(Proposal.objects.values())
    with time_machine.travel(at, tick=False), pytest.raises(TooLateError):
        proposed.undo(deed, by=by)
    assert list(Proposal.objects.values()) == before


def test_letting_it_be_read_is_not_undone(proposed: Story, manager: User) -> None:
    proposed.publish_edit(by=manager)
    with pytest.raises(TooLateError):
        proposed.undo(seen(proposed), by=manager)
    assert again(proposed).headline == NEW
