"""The mails of a review: whom they reach, what they say, and how they lapse when it is undone."""

import pytest
from django.core import mail
from django.db.models import F

from accounts.models import Company, History, User
from stories.models import Story
from stories.notices.models import Kind, Notice, State
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(company: Company, manager: User, teller: User, nominee: User) -> Story:
    review_first()
    return tell_story(teller, nominee)


def sent() -> list[tuple[str, str]]:
    """Address and subject of what has gone by now."""
    send_due()
    return sorted((letter.to[0], str(letter.subject)) for letter in mail.outbox)


def sent_after_the_hold() -> list[tuple[str, str]]:
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    return sent()


def newest(story: Story) -> int:
    row = History.objects.about(story).last()
    assert row is not None
    return row.pk


def test_nobody_hears_of_a_decision_while_it_can_be_undone(waiting: Story, manager: User) -> None:
    waiting.publish(by=manager)
    assert sent() == []


def test_teller_and_nominee_hear_that_it_was_published(
    waiting: Story, manager: User, teller: User, nominee: User
) -> None:
    waiting.publish(by=manager)
    assert sent_after_the_hold() == [
        (teller.email, "Your story is published"),
        (nominee.email, "Ana Lima told a story about you"),
    ]


def test_what_is_undone_is_told_to_nobody(waiting: Story, manager: User) -> None:
    waiting.publish(by=manager)
    waiting.undo(newest(waiting), by=manager)
    assert sent_after_the_hold() == []
    assert set(Notice.objects.values_list("state", flat=True)) == {State.LAPSED}


def test_what_is_undone_and_done_again_is_told_once(
    waiting: Story, manager: User, teller: User, nominee: User
) -> None:
    waiting.publish(by=manager)
    waiting.undo(newest(waiting), by=manager)
    waiting.publish(by=manager)
    assert [to for to, _subject in sent_after_the_hold()] == [teller.email, nominee.email]


def test_the_teller_reads_why_it_was_sent_back(waiting: Story, manager: User, teller: User) -> None:
    waiting.send_back(by=manager, note="Say what changed for the customer.")
    assert sent_after_the_hold() == [
        (teller.email, "Maya Rao sent your story back with a note"),
    ]
    letter = mail.outbox[0]
    for body in (letter.body, str(letter.alternatives[0][0])):
        assert "Say what changed for the customer." in body
        assert f"/stories/{waiting.ref}/editing/" in body


def test_it_is_told_each_time_that_it_is_sent_back(
    waiting: Story, manager: User, teller: User
) -> None:
    for note in ("Shorter", "Shorter still"):
        waiting.send_back(by=manager, note=note)
        sent_after_the_hold()
        waiting.submit(by=teller)
    assert len(mail.outbox) == 2


def test_a_story_submitted_anew_meanwhile_is_not_told_as_sent_back(
    waiting: Story, manager: User, teller: User
) -> None:
    waiting.send_back(by=manager, note="Shorter")
    waiting.submit(by=teller)
    assert sent_after_the_hold() == []


def test_the_teller_reads_why_it_was_hidden(story: Story, manager: User, teller: User) -> None:
    sent()
    mail.outbox.clear()
    story.hide(by=manager, note="It names a customer.")
    assert sent_after_the_hold() == [(teller.email, "Your story was hidden from the feed")]
    assert "It names a customer." in mail.outbox[0].body


def test_whom_a_story_is_handed_hears_of_it_and_nobody_else(
    waiting: Story, manager: User, culture_lead: User
) -> None:
    waiting.hand_over(culture_lead, by=manager, note="You know this customer.")
    assert sent_after_the_hold() == [
        (culture_lead.email, "Maya Rao asks you to decide about a story")
    ]
    assert "You know this customer." in mail.outbox[0].body


def test_a_story_decided_meanwhile_is_not_asked_about(
    waiting: Story, manager: User, culture_lead: User, director: User
) -> None:
    waiting.hand_over(culture_lead, by=manager)
    waiting.send_back(by=director, note="Shorter")
    assert culture_lead.email not in dict(sent_after_the_hold())


def test_all_leads_hear_of_what_nobody_may_review(
    company: Company, culture_lead: User, stranger: User
) -> None:
    review_first()
    second = UserFactory(name="Zoe Marsh", email="zoe@company.example", is_culture_lead=True)
    told = tell_story(culture_lead, stranger, helping_hands=[second])
    assert told.is_published
    unreviewed = Notice.objects.filter(kind=Kind.UNREVIEWED)
    assert set(unreviewed.values_list("person", flat=True)) == {culture_lead.pk, second.pk}
    assert (culture_lead.email, "A story was published without a review") in sent()


def test_a_publishing_that_is_undone_and_taken_again_waits_anew(
    waiting: Story, manager: User
) -> None:
    """Else the first one's mail would go in its time, though the second can be undone still."""
    waiting.publish(by=manager)
    waiting.undo(newest(waiting), by=manager)
    told = Notice.objects.filter(kind=Kind.CELEBRATED)
    assert set(told.values_list("state", flat=True)) == {State.LAPSED}
    before = told.get().next_attempt_at
    waiting.publish(by=manager)
    assert told.get().state == State.PENDING
    assert told.get().next_attempt_at > before


def test_a_story_shown_again_is_told_once_that_cannot_be_undone(
    story: Story, manager: User, nominee: User
) -> None:
    """Where it was hidden before its mails had gone."""
    story.hide(by=manager, note="It names a customer.")
    assert sent() == []
    story.unhide(by=manager)
    assert sent() == []
    story.undo(newest(story), by=manager)
    assert nominee.email not in dict(sent_after_the_hold())
    story.unhide(by=manager)
    assert nominee.email in dict(sent_after_the_hold())
