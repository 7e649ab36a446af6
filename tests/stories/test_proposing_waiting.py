"""An edit of a story that waits itself: it goes on waiting in the new words."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Publicity, User
from stories.models import State, Story, Visibility
from stories.models.deeds import DecidedError
from tests.factories import draft_story, tell_story, wants
from tests.stories.proposed import NEW, again, edit
from tests.stories.reviewed import OTHERS, REVIEWERS, seen, verbs


@pytest.fixture
def waiting(review_first: None, manager: User, teller: User, nominee: User) -> Story:
    story = tell_story(teller, nominee)
    assert story.is_waiting
    return story


def test_the_teller_changes_a_waiting_story_and_it_goes_on_waiting(waiting: Story) -> None:
    since = waiting.waiting_since
    edit(waiting, headline=NEW)
    now = again(waiting)
    assert (now.headline, now.state, now.waiting_since) == (NEW, State.WAITING, since)
    assert now.edited_at is None
    assert verbs(waiting) == ["submit", "edit"]


def test_whoever_read_the_old_words_is_told(waiting: Story, manager: User) -> None:
    knew = seen(waiting)
    edit(waiting, headline=NEW)
    with pytest.raises(DecidedError):
        waiting.publish(by=manager, seen=knew)


@pytest.mark.parametrize("who", [*REVIEWERS, *OTHERS[1:]])
def test_nobody_else_changes_a_waiting_story(
    who: str, waiting: Story, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(PermissionDenied):
        edit(waiting, by=request.getfixturevalue(who), headline=NEW)


def test_whom_a_waiting_story_names_newly_is_asked_first(waiting: Story, stranger: User) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(waiting, nominees=[*waiting.nominees, stranger])
    assert again(waiting).state == State.ASKING


def test_a_waiting_story_kept_private_waits_no_more(waiting: Story) -> None:
    edit(waiting, visibility=Visibility.PRIVATE)
    assert (again(waiting).state, again(waiting).visibility) == ("published", "private")


def test_a_waiting_story_that_names_its_only_reviewer_is_published(
    review_first: None, culture_lead: User, teller: User, stranger: User
) -> None:
    story = tell_story(teller, stranger)
    assert story.is_waiting
    edit(story, helping_hands=[culture_lead])
    assert again(story).state == State.PUBLISHED


def test_a_draft_has_no_proposal(review_first: None, teller: User, nominee: User) -> None:
    with pytest.raises(PermissionDenied):
        edit(draft_story(teller, nominee), headline=NEW)
