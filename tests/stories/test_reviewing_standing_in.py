"""Whoever stands in for a reviewer, and reviewers who are gone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Delegation, User
from accounts.models.delegation import today
from stories.models import State
from tests.factories import tell_story
from tests.stories.decided import decide


@pytest.mark.parametrize("verb", ["hide", "look", "feature", "send_back"])
def test_who_stands_in_decides_nothing_about_the_story_of_whoever_asked_them(
    verb: str, manager: User, nominee: User, delegate: User, culture_lead: User
) -> None:
    story = tell_story(manager, nominee)
    with pytest.raises(PermissionDenied):
        decide(story, verb, delegate, culture_lead)


def test_nor_about_one_that_names_them(
    teller: User, manager: User, delegate: User, culture_lead: User
) -> None:
    story = tell_story(teller, manager)
    with pytest.raises(PermissionDenied):
        decide(story, "hide", delegate, culture_lead)


def test_a_single_leads_own_story_is_not_left_to_their_stand_in(
    review_first: None, culture_lead: User, stranger: User, teller: User
) -> None:
    until = today() + timedelta(days=7)
    Delegation.objects.hand_over(culture_lead, stranger, first=today(), last=until)
    assert tell_story(culture_lead, teller).state == State.PUBLISHED


def test_a_manager_whose_reports_have_all_left_keeps_no_story_waiting(
    review_first: None, manager: User, director: User, nominee: User, teller: User
) -> None:
    """The director's only report has left: nobody may review, and so nothing waits."""
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert tell_story(teller, nominee).state == State.PUBLISHED
