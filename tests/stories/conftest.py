"""Stories in the states that several files of this folder ask about."""

import pytest

from accounts.models import Company, Publicity, ReviewPolicy, User
from stories.models import State, Story, Visibility, Voice
from tests.factories import UserFactory, tell_story, wants
from tests.stories.composing import photo_file
from tests.stories.proposed import NEW, edit
from tests.stories.reported import WHY
from tests.stories.voiced import WORDS


@pytest.fixture
def bookings(teller: User, nominee: User) -> Story:
    return tell_story(
        teller,
        nominee,
        headline="The café at the lake",
        what_they_did="Moved forty-one bookings by hand.",
        difference="Nobody lost the owner's trip.",
        customer_words="Wonderful people.",
        customer_role="a baker",
    )


@pytest.fixture
def helper(db: None) -> User:
    return UserFactory(name="Hana Ito", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def asking(teller: User, nominee: User, helper: User) -> Story:
    """Waits for two, and has a photo."""
    wants(nominee, Publicity.ASK_FIRST)
    return tell_story(
        teller, nominee, helping_hands=[helper], photo=photo_file(), photo_alt="Two on a quay"
    )


@pytest.fixture
def voice(story: Story, stranger: User) -> Voice:
    return story.add_voice(WORDS, by=stranger)


@pytest.fixture
def review_first(company: Company) -> None:
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()


@pytest.fixture
def careful(story: Story, manager: User, review_first: None) -> Story:
    """A published story whose edits wait."""
    return story


@pytest.fixture
def proposed(careful: Story, teller: User) -> Story:
    """Another headline waits for it."""
    assert edit(careful, headline=NEW)
    return careful


@pytest.fixture
def waiting(review_first: None, manager: User, teller: User, nominee: User) -> Story:
    """A company story that waits for a reviewer."""
    story = tell_story(teller, nominee)
    assert story.state == State.WAITING
    return story


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
