"""Who sees which story: every state, every member of the cast."""

import pytest

from accounts.models import Publicity, User
from stories import access
from stories.models import Story, Visibility
from tests.factories import draft_story, tell_story

EVERYBODY = {
    "teller",
    "nominee",
    "manager",
    "director",
    "delegate",
    "other_manager",
    "culture_lead",
    "stranger",
    "helper",
}


@pytest.fixture
def helper(db: None) -> User:
    from tests.factories import UserFactory

    return UserFactory(name="Hana Sato")


@pytest.fixture
def in_state(
    request: pytest.FixtureRequest, teller: User, nominee: User, helper: User, culture_lead: User
) -> Story:
    state = request.param
    if state == "draft":
        return draft_story(teller, nominee, helping_hands=[helper])
    if state == "asking":
        nominee.publicity = Publicity.ASK_FIRST
        nominee.save()
    visibility = Visibility.PRIVATE if state == "private" else Visibility.COMPANY
    story = tell_story(teller, nominee, helping_hands=[helper], visibility=visibility)
    if state == "hidden":
        story.hide(by=culture_lead, note="Names a customer")
    if state == "withdrawn":
        story.withdraw(by=teller)
    return story


@pytest.mark.parametrize(
    ("in_state", "readers"),
    [
        ("draft", {"teller"}),
        ("asking", {"teller", "nominee"}),
        ("published", EVERYBODY),
        ("private", {"teller", "nominee", "manager"}),
        ("hidden", {"teller", "manager", "director", "delegate", "culture_lead"}),
        ("withdrawn", {"teller"}),
    ],
    indirect=["in_state"],
)
def test_a_story_is_seen_by_its_readers_and_nobody_else(
    in_state: Story, readers: set[str], request: pytest.FixtureRequest
) -> None:
    seen = {who for who in EVERYBODY if access.may_see(request.getfixturevalue(who), in_state)}
    assert seen == readers


@pytest.mark.parametrize(
    ("in_state", "is_on"),
    [
        ("draft", False),
        ("asking", False),
        ("published", True),
        ("private", False),
        ("hidden", False),
        ("withdrawn", False),
    ],
    indirect=["in_state"],
)
def test_the_feed_holds_published_company_stories_alone(in_state: Story, is_on: bool) -> None:
    assert Story.objects.on_feed().exists() is is_on


def test_a_manager_of_yesterday_no_longer_reads_a_private_story(
    teller: User, nominee: User, manager: User, other_manager: User
) -> None:
    story = tell_story(teller, nominee, visibility=Visibility.PRIVATE)
    nominee.manager = other_manager
    nominee.save()
    assert not access.may_see(manager, story)
    assert access.may_see(other_manager, story)


def test_people_find_what_concerns_them(
    story: Story, teller: User, nominee: User, helper: User
) -> None:
    thanked = tell_story(teller, nominee, helping_hands=[helper])
    assert set(Story.objects.told_by(teller)) == {story, thanked}
    assert set(Story.objects.celebrating(nominee)) == {story, thanked}
    assert list(Story.objects.helped_by(helper)) == [thanked]
