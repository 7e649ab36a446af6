"""Nominees hear of the voices under a story about them: once, together."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from stories.models import Story
from stories.notices.models import Kind, Notice, State
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db

WORDS = "I heard her ring all forty-one of them."


@pytest.fixture(autouse=True)
def told_of_the_story(story: Story) -> None:
    send_due()
    mail.outbox.clear()


def an_hour_later() -> None:
    later = F("next_attempt_at") - timedelta(hours=1)
    Notice.objects.filter(kind=Kind.VOICED).update(next_attempt_at=later)
    send_due()


def test_the_nominee_hears_of_it_an_hour_later(story: Story, stranger: User, nominee: User) -> None:
    story.add_voice(WORDS, by=stranger)
    send_due()
    assert mail.outbox == []
    assert Notice.objects.get(kind=Kind.VOICED).next_attempt_at > timezone.now()
    an_hour_later()
    [message] = mail.outbox
    assert message.to == ["priya@company.example"]
    assert message.subject == "Sam Stone added a voice to a story about you"
    for words in (WORDS, "Sam Stone", story.headline, story.get_absolute_url()):
        assert words in " ".join(str(message.body).split())
        assert words in str(message.alternatives[0].content)


def test_the_voices_of_an_hour_come_together_in_their_order(
    story: Story, stranger: User, manager: User
) -> None:
    story.add_voice(WORDS, by=stranger)
    story.add_voice("So did I.", by=manager)
    an_hour_later()
    [message] = mail.outbox
    body = str(message.body)
    assert message.subject == "Sam Stone and others added their voices to a story about you"
    assert body.index(WORDS) < body.index("So did I.")


def test_one_mail_a_story_is_enough(story: Story, stranger: User, manager: User) -> None:
    story.add_voice(WORDS, by=stranger)
    an_hour_later()
    story.add_voice("So did I.", by=manager)
    an_hour_later()
    assert len(mail.outbox) == 1


def test_helping_hands_and_the_teller_are_not_written_to(
    teller: User, nominee: User, stranger: User
) -> None:
    story = tell_story(teller, nominee, helping_hands=[UserFactory()])
    story.add_voice(WORDS, by=stranger)
    assert [notice.person for notice in Notice.objects.filter(kind=Kind.VOICED)] == [nominee]


def test_nothing_is_told_of_a_voice_that_was_taken_back_until_there_is_another(
    story: Story, stranger: User, manager: User
) -> None:
    story.add_voice(WORDS, by=stranger).take_back(by=stranger)
    an_hour_later()
    assert mail.outbox == []
    assert Notice.objects.get(kind=Kind.VOICED).state == State.LAPSED
    story.add_voice("So did I.", by=manager)
    an_hour_later()
    assert len(mail.outbox) == 1


def test_nothing_is_told_of_a_story_that_was_hidden(
    story: Story, stranger: User, culture_lead: User
) -> None:
    story.add_voice(WORDS, by=stranger)
    story.hide(by=culture_lead, note="Names a customer")
    an_hour_later()
    assert mail.outbox == []


def test_words_are_text_and_no_markup(story: Story, stranger: User) -> None:
    story.add_voice("<script>alert(1)</script>", by=stranger)
    an_hour_later()
    assert "<script>" not in str(mail.outbox[0].alternatives[0].content)
