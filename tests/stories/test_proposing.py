"""Under review first an edit waits while the old text stays: which edits do, and who proposes."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Company, Department, ReviewPolicy, User
from stories import signals
from stories.models import Proposal, Story
from tests.factories import DepartmentFactory, UserFactory, tell_story, telling
from tests.stories.proposed import NEW, again, edit, is_waiting
from tests.stories.reviewed import OTHERS, REVIEWERS, verbs


def test_readers_go_on_reading_the_old_text(proposed: Story) -> None:
    assert again(proposed).headline == "A kayak school kept its season"
    assert again(proposed).edited_at is None
    assert proposed.proposal.says == {"headline": NEW}
    assert is_waiting(proposed)
    assert verbs(proposed) == ["submit", "propose edit"]


def test_nobody_hears_of_a_change_that_only_waits(careful: Story) -> None:
    heard = []

    def hear(story: Story, **kwargs: object) -> None:
        heard.append(story)

    signals.story_changed.connect(hear)
    try:
        edit(careful, headline=NEW)
    finally:
        signals.story_changed.disconnect(hear)
    assert heard == []


def test_under_publish_first_an_edit_waits_for_nobody(company: Company, story: Story) -> None:
    edit(story, headline=NEW)
    assert again(story).headline == NEW
    assert story.proposed is None


def test_who_is_celebrated_anew_decides_too_whether_it_waits(
    company: Company, story: Story, manager: User
) -> None:
    careful = DepartmentFactory(review_policy=ReviewPolicy.REVIEW_FIRST)
    colleague = UserFactory(department=careful)
    edit(story, nominees=[*story.nominees, colleague])
    assert is_waiting(story)


def test_somebody_without_a_department_is_the_companys(
    story: Story, manager: User, review_first: None, stranger: User
) -> None:
    Department.objects.update(review_policy=ReviewPolicy.PUBLISH_FIRST)
    edit(story, nominees=[*story.nominees, stranger])
    assert is_waiting(story)


@pytest.mark.parametrize("who", REVIEWERS)
def test_a_reviewers_edit_waits_for_nobody(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    """What the teller proposed goes on waiting, and changes no more than it did."""
    edit(proposed, by=request.getfixturevalue(who), difference="Nobody lost a trip.")
    assert again(proposed).difference == "Nobody lost a trip."
    assert is_waiting(proposed)
    assert again(proposed).proposal.telling().difference == "Nobody lost a trip."


def test_what_nobody_may_review_does_not_wait(
    review_first: None, culture_lead: User, stranger: User
) -> None:
    story = tell_story(culture_lead, stranger)
    edit(story, headline=NEW)
    assert again(story).headline == NEW


def test_naming_the_only_reviewer_leaves_nobody_to_decide(
    review_first: None, culture_lead: User, teller: User, stranger: User
) -> None:
    story = tell_story(teller, stranger)
    story.publish(by=culture_lead)
    edit(story, helping_hands=[culture_lead])
    assert story.helping_hands == [culture_lead]


@pytest.mark.parametrize("who", [*OTHERS[1:], *REVIEWERS])
def test_nobody_else_proposes_or_takes_back(
    who: str, proposed: Story, request: pytest.FixtureRequest
) -> None:
    other = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        proposed.propose(telling(nominees=proposed.nominees), by=other, is_stale=False)
    with pytest.raises(PermissionDenied):
        proposed.take_edit_back(by=other)
    assert is_waiting(proposed)


@pytest.mark.parametrize("said", [{"headline": ""}, {"headline": "x" * 81}, {"nominees": []}])
def test_what_could_not_be_read_is_not_proposed(said: dict[str, Any], careful: Story) -> None:
    with pytest.raises(ValidationError):
        edit(careful, **said)
    assert not Proposal.objects.exists()
    assert again(careful).nominees == careful.nominees != []


@pytest.mark.parametrize("who", ["teller", "leaver"])
def test_the_teller_and_leavers_are_not_proposed(
    who: str, careful: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(ValidationError):
        edit(careful, helping_hands=[request.getfixturevalue(who)])
