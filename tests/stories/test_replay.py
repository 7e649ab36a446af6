"""What a story said before, replayed from its history: which wordings are versions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import History, Publicity, User
from stories.models import State, Story
from stories.models.telling import snapshot
from stories.replay import Version, versions
from tests.factories import draft_story, tell_story, telling, wants
from tests.stories.composing import photo_file
from tests.stories.replayed import edit, headlines

pytestmark = pytest.mark.django_db


def test_each_edit_makes_a_version_with_who_and_when(
    story: Story, teller: User, culture_lead: User
) -> None:
    edit(story, teller, headline="Second")
    edit(story, culture_lead, headline="Third", what_they_did="Another text.")
    told = versions(story)
    assert headlines(story) == ["A kayak school kept its season", "Second", "Third"]
    assert [version.who for version in told] == [teller, teller, culture_lead]
    assert [version.at for version in told] == [row.at for row in History.objects.about(story)]


def test_a_draft_has_none(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee)
    assert versions(story) == []
    story.withdraw(by=teller)
    assert versions(story) == []


def test_a_draft_s_wording_is_in_none(teller: User, nominee: User) -> None:
    story = draft_story(teller, nominee, headline="An unkind word")
    story.keep(telling(nominees=[nominee]), by=teller)
    story.submit(by=teller)
    assert headlines(story) == ["A kayak school kept its season"]


def test_what_changes_no_word_makes_none(story: Story, teller: User, culture_lead: User) -> None:
    story.hide(by=culture_lead, note="Wait.")
    story.unhide(by=culture_lead)
    story.withdraw(by=teller)
    assert len(versions(story)) == 1


def test_a_story_without_history_began_as_it_is(story: Story, teller: User) -> None:
    """Brought by an import, or by the synthetic company."""
    when = timezone.now() - timedelta(days=3)
    other = Story.objects.create(
        teller=teller,
        state=State.PUBLISHED,
        headline="Brought along",
        what_they_did="Once.",
        customer_group=story.customer_group,
        published_at=when,
    )
    assert versions(other) == [Version(snapshot(other), snapshot(other), teller, when)]


def test_what_is_written_after_it_was_sent_back_is_read_once_it_is_submitted_again(
    story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    edit(story, teller, headline="Read by everybody")
    with story.changing("send back", lambda by, story: True, by=culture_lead):
        story.state = State.RETURNED
    story.keep(telling(nominees=[nominee], headline="In between"), by=teller)
    assert headlines(story) == ["A kayak school kept its season", "Read by everybody"]
    story.keep(telling(nominees=[nominee], headline="Sent again"), by=teller)
    story.submit(by=teller)
    assert headlines(story)[1:] == ["Read by everybody", "Sent again"]


def test_what_is_withdrawn_from_being_sent_back_shows_no_unsent_word(
    story: Story, teller: User, nominee: User, culture_lead: User
) -> None:
    with story.changing("send back", lambda by, story: True, by=culture_lead):
        story.state = State.RETURNED
    story.keep(telling(nominees=[nominee], headline="In between"), by=teller)
    story.withdraw(by=teller)
    assert headlines(story) == ["A kayak school kept its season"]


@pytest.fixture
def asked(nominee: User) -> User:
    return wants(nominee, Publicity.ASK_FIRST)


def test_what_only_those_asked_had_read_is_in_none_once_it_was_rewritten(
    asked: User, teller: User
) -> None:
    story = tell_story(teller, asked, headline="For one pair of eyes")
    story.rewrite(by=teller)
    story.keep(telling(nominees=[asked], headline="For everybody"), by=teller)
    story.submit(by=teller)
    story.agree(by=asked)
    assert headlines(story) == ["For everybody"]


def test_an_edit_that_asked_somebody_and_was_rewritten_is_in_none(
    story: Story, teller: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(story, teller, headline="For one pair of eyes", helping_hands=[stranger])
    assert headlines(story)[1:] == ["For one pair of eyes"]
    story.rewrite(by=teller)
    story.keep(telling(nominees=story.nominees, headline="For everybody"), by=teller)
    story.submit(by=teller)
    assert headlines(story)[1:] == ["For everybody"]


def test_what_somebody_agreed_to_is_its_teller_s(asked: User, teller: User) -> None:
    story = tell_story(teller, asked, photo=photo_file())
    story.agree_without_photo(by=asked)
    assert [version.who for version in versions(story)] == [teller]


def test_what_a_reviewer_wrote_is_theirs_also_once_somebody_agreed(
    story: Story, culture_lead: User, stranger: User
) -> None:
    wants(stranger, Publicity.ASK_FIRST)
    edit(story, culture_lead, helping_hands=[stranger])
    story.agree(by=stranger)
    assert versions(story)[-1].who == culture_lead
