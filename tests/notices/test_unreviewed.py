"""Culture leads hear of what is published without a review, a story and a change of one alike."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, Publicity, User
from stories.models import State, Story
from stories.notices.models import Kind, Notice
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story, telling, wants
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

NEW = "Forty-one trips were saved"
A_STORY = "A story was published without a review"
A_CHANGE = "A change was published without a review"


@pytest.fixture
def hana(db: None) -> User:
    return UserFactory(name="Hana", publicity=Publicity.ASK_FIRST)


@pytest.fixture
def reviewed(
    company: Company, manager: User, teller: User, nominee: User, culture_lead: User
) -> Story:
    """It names the only culture lead: nobody but the manager may decide about it."""
    review_first()
    story = tell_story(teller, nominee, culture_lead)
    story.publish(by=manager)
    return story


@pytest.fixture
def asking(reviewed: Story, manager: User, hana: User) -> Story:
    """A change that thanks Hana, too, was left without a reviewer, and has to have her yes."""
    change(reviewed, helping_hands=[hana])
    leave(manager)
    reviewed.publish_edit_unreviewed()
    assert reviewed.state == State.ASKING
    return Story.objects.get(pk=reviewed.pk)


def change(story: Story, **said: object) -> None:
    story.edit(telling(headline=NEW, nominees=story.nominees, **said), by=story.teller)


def leave(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def heard(lead: User) -> list[str]:
    """What has gone to the lead about it once nothing waits any more."""
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()
    subjects = [str(letter.subject) for letter in mail.outbox if letter.to == [lead.email]]
    return [subject for subject in subjects if "without a review" in subject]


def test_not_of_a_change_while_somebody_is_asked(asking: Story) -> None:
    assert not Notice.objects.filter(kind=Kind.UNREVIEWED).exists()


def test_of_a_change_once_the_last_one_asked_has_agreed(
    asking: Story, hana: User, culture_lead: User
) -> None:
    asking.agree(by=hana)
    assert asking.is_published
    assert heard(culture_lead) == [A_CHANGE]


def test_of_a_story_that_is_written_anew_after_such_a_change(
    asking: Story, hana: User, culture_lead: User
) -> None:
    asking.rewrite(by=asking.teller)
    wants(hana, Publicity.FINE)
    asking.submit(by=asking.teller)
    assert asking.is_published
    assert heard(culture_lead) == [A_STORY]


def test_of_a_story_once_the_last_one_asked_has_agreed(
    company: Company, manager: User, teller: User, culture_lead: User, nominee: User
) -> None:
    review_first()
    story = tell_story(teller, nominee, culture_lead)
    wants(nominee, Publicity.ASK_FIRST)
    leave(manager)
    story.publish_unreviewed()
    assert story.state == State.ASKING
    assert not Notice.objects.filter(kind=Kind.UNREVIEWED).exists()
    story.agree(by=nominee)
    assert heard(culture_lead) == [A_STORY]


def test_of_a_story_and_its_change_though_neither_mail_has_gone_yet(
    company: Company, manager: User, teller: User, culture_lead: User, nominee: User
) -> None:
    review_first()
    story = tell_story(teller, nominee, culture_lead)
    leave(manager)
    story.publish_unreviewed()
    User.objects.filter(pk=manager.pk).update(is_active=True)
    change(story)
    leave(manager)
    story.publish_edit_unreviewed()
    assert sorted(heard(culture_lead)) == [A_CHANGE, A_STORY]
