"""An edit that waits is changed, taken back, and overtakes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Company, ReviewPolicy, User
from stories.models import Proposal, Story, Visibility
from stories.models.telling import fingerprint
from stories.models.writing import OvertakenError
from tests.stories.proposed import NEW, again, edit
from tests.stories.reviewed import verbs


def test_the_teller_changes_what_they_proposed(proposed: Story) -> None:
    edit(proposed, headline="Forty-one trips", moment="wow")
    assert proposed.proposal.says == {"headline": "Forty-one trips", "moment": "wow"}
    assert Proposal.objects.count() == 1


def test_proposing_what_waits_already_changes_nothing(proposed: Story) -> None:
    """The second click of two: with what the form knew before the first."""
    knew = fingerprint(again(proposed).as_opened_by(proposed.teller))
    assert edit(proposed, headline=NEW, seen=knew) is False
    assert edit(proposed, headline=NEW, seen="0" * 16) is False
    assert verbs(proposed) == ["submit", "propose edit"]


def test_proposing_what_the_story_says_takes_it_back(proposed: Story) -> None:
    edit(proposed)
    assert not Proposal.objects.exists()
    assert verbs(proposed) == ["submit", "propose edit", "take edit back"]


def test_what_the_story_says_is_no_proposal(careful: Story) -> None:
    assert edit(careful) is False
    assert not Proposal.objects.exists()


def test_a_form_that_was_opened_before_the_proposal_overtakes_nothing(careful: Story) -> None:
    knew = fingerprint(careful.as_opened_by(careful.teller))
    edit(careful, headline=NEW)
    with pytest.raises(OvertakenError):
        edit(careful, headline="Another", seen=knew)
    assert again(careful).proposal.says == {"headline": NEW}


def test_a_form_that_was_opened_before_a_reviewers_edit_overtakes_nothing(
    careful: Story, culture_lead: User
) -> None:
    knew = fingerprint(careful.as_opened_by(careful.teller))
    edit(careful, by=culture_lead, headline="Mended")
    with pytest.raises(OvertakenError):
        edit(careful, headline=NEW, seen=knew)
    assert not Proposal.objects.exists()


def test_after_a_day_nothing_is_proposed(careful: Story) -> None:
    with (
        time_machine.travel(timezone.now() + timedelta(hours=25)),
        pytest.raises(PermissionDenied),
    ):
        edit(careful, headline=NEW)


def test_what_was_proposed_in_time_may_be_changed_later(proposed: Story, company: Company) -> None:
    """As a proposal, also where edits wait no more by then: nothing is changed at once."""
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        edit(proposed, headline="Later")
        assert proposed.proposal.says == {"headline": "Later"}
        with pytest.raises(PermissionDenied):
            edit(proposed, headline="At once", visibility=Visibility.PRIVATE)


def test_where_edits_wait_no_more_the_next_one_is_read_at_once(
    proposed: Story, company: Company
) -> None:
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    edit(proposed, headline="Sooner")
    assert again(proposed).headline == "Sooner"
    assert not Proposal.objects.exists()
