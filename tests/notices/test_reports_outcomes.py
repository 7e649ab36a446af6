"""How whoever reported a story hears what became of it."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, Publicity, User
from stories.models import Story
from stories.models.deeds import last_decisive
from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story, telling
from tests.notices.reported import WHY, after_the_hold, both_parts, owed

pytestmark = pytest.mark.django_db

NO_NAMES = ("A kayak school", "Ana Lima", "Priya Desai", "/stories/")


@pytest.fixture(autouse=True)
def told_of_the_story(company: Company, story: Story, culture_lead: User) -> None:
    send_due()
    mail.outbox.clear()


def newest_deed(story: Story) -> int:
    row = last_decisive(story)
    assert row is not None
    return row.pk


def test_the_reporter_hears_that_it_was_kept(story: Story, stranger: User, manager: User) -> None:
    story.report(WHY, by=stranger)
    story.keep_as_it_is(by=manager)
    send_due()
    assert mail.outbox == []
    after_the_hold()
    [message] = mail.outbox
    assert message.to == ["sam@company.example"]
    assert message.subject == "What became of the story that you reported"
    for part in both_parts():
        assert story.headline in part
        assert "kept it as it is" in part
        assert story.get_absolute_url() in part


@pytest.mark.parametrize(
    ("verb", "said"), [("hide", "hid it"), ("send_back", "sent it back to its teller")]
)
def test_of_a_story_that_they_read_no_more_nothing_is_quoted(
    verb: str, said: str, story: Story, stranger: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    getattr(story, verb)(by=manager, note="A name in it.")
    after_the_hold()
    mail.outbox[:] = [message for message in mail.outbox if message.to == [stranger.email]]
    for part in both_parts():
        assert said in part
        assert "A name in it." not in part
        for words in NO_NAMES:
            assert words not in part


def test_nor_of_one_that_was_withdrawn_or_made_private(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    other = tell_story(teller, nominee)
    story.report(WHY, by=stranger)
    other.report(WHY, by=stranger)
    story.withdraw(by=teller)
    other.keep_private(by=teller)
    mail.outbox.clear()
    after_the_hold()
    mine = [message for message in mail.outbox if message.to == ["sam@company.example"]]
    bodies = [" ".join(str(message.body).split()) for message in mine]
    assert len(bodies) == 2
    assert any("Its teller has withdrawn it." in body for body in bodies)
    assert any("It has been made private" in body for body in bodies)
    assert not any(words in body for body in bodies for words in NO_NAMES)


def test_nor_of_one_that_is_written_anew(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    story.report(WHY, by=stranger)
    helper = UserFactory(publicity=Publicity.ASK_FIRST)
    story.edit(telling(nominees=[nominee], helping_hands=[helper]), by=teller)
    story.rewrite(by=teller)
    Notice.objects.exclude(kind=Kind.REPORT_OUTCOME).delete()
    mail.outbox.clear()
    after_the_hold()
    for part in both_parts():
        assert "Its teller has taken it back, to write it anew." in part
        assert not any(words in part for words in NO_NAMES)


def test_an_undone_decision_is_told_to_nobody(story: Story, stranger: User, manager: User) -> None:
    story.report(WHY, by=stranger)
    Notice.objects.filter(kind=Kind.REPORTED).delete()
    story.hide(by=manager, note="A name in it.")
    story.undo(newest_deed(story), by=manager)
    after_the_hold()
    assert mail.outbox == []


def test_a_decision_taken_again_waits_anew_and_is_told_once(
    story: Story, stranger: User, manager: User
) -> None:
    story.report(WHY, by=stranger)
    Notice.objects.filter(kind=Kind.REPORTED).delete()
    story.hide(by=manager, note="A name in it.")
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    story.undo(newest_deed(story), by=manager)
    story.keep_as_it_is(by=manager)
    send_due()
    assert mail.outbox == []
    after_the_hold()
    assert len(mail.outbox) == 1
    assert "kept it as it is" in both_parts()[0]


def test_whoever_decided_about_their_own_report_knows(story: Story, manager: User) -> None:
    story.report(WHY, by=manager)
    story.hide(by=manager, note="A name in it.")
    assert owed(Kind.REPORT_OUTCOME) == set()


def test_a_second_report_is_a_second_outcome(story: Story, stranger: User, manager: User) -> None:
    for _each in range(2):
        story.report(WHY, by=stranger)
        story.keep_as_it_is(by=manager)
        after_the_hold()
    outcomes = [message for message in mail.outbox if message.to == ["sam@company.example"]]
    assert len(outcomes) == 2
