"""The teller hears once that what waited for a reviewer is read, by whatever way it came there."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, Publicity, ReviewPolicy, User
from stories.models import State, Story
from stories.notices.models import Notice
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import tell_story, telling, wants
from tests.stories.composing import photo_file
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

RELEASED = "Your story is published"
CHANGED = "Your change is read now"


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    review_first()
    return tell_story(teller, nominee)


@pytest.fixture
def asking(waiting: Story, manager: User, nominee: User) -> Story:
    """The nominee wants to be asked by the time a reviewer publishes it."""
    wants(nominee, Publicity.ASK_FIRST)
    waiting.publish(by=manager)
    assert waiting.state == State.ASKING
    return waiting


def heard(teller: User) -> list[str]:
    """What has gone to the teller once nothing waits any more."""
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()
    return [str(letter.subject) for letter in mail.outbox if letter.to == [teller.email]]


def test_not_while_somebody_is_asked(asking: Story, teller: User) -> None:
    assert heard(teller) == []


@pytest.mark.parametrize("answer", ["agree", "agree_without_photo", "keep_private"])
def test_once_the_last_one_answered(
    asking: Story, nominee: User, teller: User, answer: str
) -> None:
    getattr(asking, answer)(by=nominee)
    assert asking.is_published
    assert heard(teller) == [RELEASED]
    [letter] = [letter for letter in mail.outbox if letter.to == [teller.email]]
    is_said = "It is private" in letter.body
    assert is_said == (answer == "keep_private")


def test_not_of_what_the_teller_did(asking: Story, teller: User) -> None:
    asking.keep_private(by=teller)
    assert asking.is_published
    assert heard(teller) == []


def test_once_though_somebody_is_asked_anew_later(
    asking: Story, nominee: User, teller: User, manager: User
) -> None:
    asking.agree_without_photo(by=nominee)
    assert heard(teller) == [RELEASED]
    asking.edit(telling(nominees=[nominee], photo=photo_file()), by=manager)
    assert asking.state == State.ASKING
    asking.agree(by=nominee)
    assert asking.is_published
    assert heard(teller) == [RELEASED]


def test_not_of_a_story_that_waited_for_no_reviewer(
    company: Company, teller: User, nominee: User
) -> None:
    story = tell_story(teller, wants(nominee, Publicity.ASK_FIRST))
    story.agree(by=nominee)
    assert story.is_published
    assert heard(teller) == []


def test_not_of_one_written_anew_and_published_without_a_review(
    asking: Story, company: Company, teller: User, nominee: User
) -> None:
    company.review_policy = ReviewPolicy.PUBLISH_FIRST
    company.save()
    asking.rewrite(by=teller)
    asking.submit(by=teller)
    asking.agree(by=nominee)
    assert asking.is_published
    assert heard(teller) == []


def test_where_nobody_is_left_to_review_it(waiting: Story, manager: User, teller: User) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    waiting.publish_unreviewed()
    assert heard(teller) == [RELEASED]


def test_and_somebody_is_asked_besides(
    waiting: Story, manager: User, teller: User, nominee: User
) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    wants(nominee, Publicity.ASK_FIRST)
    waiting.publish_unreviewed()
    assert heard(teller) == []
    waiting.agree(by=nominee)
    assert heard(teller) == [RELEASED]


def test_a_change_that_made_somebody_decide_is_told_once_they_have(
    story: Story, company: Company, manager: User, stranger: User, teller: User
) -> None:
    review_first()
    wants(stranger, Publicity.ASK_FIRST)
    story.edit(telling(nominees=[*story.nominees, stranger]), by=teller)
    story.publish_edit(by=manager)
    assert heard(teller) == []
    story.agree(by=stranger)
    assert heard(teller) == [CHANGED]
