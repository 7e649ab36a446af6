"""Being told: one row a notice, one mail a row."""

import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Publicity, User
from stories.models import Story, Visibility
from stories.notices import sending
from stories.notices.models import RETRIES, Kind, Notice, State
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story, telling
from tests.notices.mails import mail_of


def owed() -> set[tuple[str, str]]:
    """Who is to be told what today."""
    today = Notice.objects.filter(next_attempt_at__lt=Now() + timedelta(days=1))
    return {(notice.person.name, notice.kind) for notice in today}


def refuse(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the mail server answer every message like this."""

    def send(self: Any, messages: Any) -> int:
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)


def test_nominees_and_helping_hands_are_told_when_a_story_is_published(
    teller: User, nominee: User, stranger: User
) -> None:
    tell_story(teller, nominee, helping_hands=[stranger])
    assert owed() == {("Priya Desai", "celebrated"), ("Sam Stone", "thanked")}


def test_the_mail_has_the_story_in_it(story: Story, nominee: User) -> None:
    send_due()
    [message] = mail.outbox
    html = str(message.alternatives[0].content)
    assert message.to == ["priya@company.example"]
    assert message.subject == "Ana Lima told a story about you"
    by = "Priya Desai, celebrated by Ana Lima"
    for words in (story.headline, by, story.what_they_did, story.get_absolute_url()):
        assert words in str(message.body)
        assert words in html


def test_helping_hands_are_not_told_of_a_private_story(
    teller: User, nominee: User, stranger: User
) -> None:
    tell_story(teller, nominee, helping_hands=[stranger], visibility=Visibility.PRIVATE)
    assert owed() == {("Priya Desai", "celebrated")}


def test_somebody_who_wants_to_be_asked_gets_the_question_and_then_no_more(
    teller: User, nominee: User
) -> None:
    nominee.publicity = Publicity.ASK_FIRST
    nominee.save()
    story = tell_story(teller, nominee)
    assert owed() == {("Priya Desai", "asked")}
    send_due()
    assert mail.outbox[0].subject == "May Ana Lima publish a story about you?"
    story.agree(by=nominee)
    assert owed() == {("Priya Desai", "asked")}


def test_somebody_named_by_an_edit_is_told_and_nobody_twice(
    story: Story, teller: User, nominee: User, stranger: User
) -> None:
    story.edit(telling(nominees=[nominee, stranger]), by=teller)
    assert owed() == {("Priya Desai", "celebrated"), ("Sam Stone", "celebrated")}


def test_people_without_a_mailbox_are_owed_no_mail(teller: User) -> None:
    tell_story(teller, UserFactory(email=None, employee_id="W-014"))
    assert not Notice.objects.exists()


def test_a_notice_lapses_when_its_story_is_hidden_before_it_goes(
    story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="Names a customer")
    send_due()
    assert mail.outbox == []
    assert Notice.objects.get(kind=Kind.CELEBRATED).state == State.LAPSED


def test_a_leaver_is_not_written_to(story: Story, nominee: User) -> None:
    nominee.is_active = False
    nominee.save()
    send_due()
    assert mail.outbox == []
    assert Notice.objects.get().state == State.LAPSED


def test_a_notice_that_lapsed_is_due_again_once_its_story_is_back(
    story: Story, culture_lead: User
) -> None:
    story.hide(by=culture_lead, note="Names a customer")
    send_due()
    story.unhide(by=culture_lead)
    Notice.objects.update(next_attempt_at=Now())
    send_due()
    assert [message.to for message in mail.outbox] == [["priya@company.example"]]


def test_a_lease_that_ran_out_meanwhile_leaves_the_notice_to_the_next_worker(story: Story) -> None:
    [held] = Notice.objects.claim(1)
    Notice.objects.update(lease_until=Now() - timedelta(seconds=1))
    sending.send(held)
    assert mail.outbox == []
    send_due()
    assert len(mail.outbox) == 1


def test_a_notice_is_named_after_the_public_address(story: Story) -> None:
    assert Notice.objects.get().message_id.endswith("@127.0.0.1>")


def test_a_notice_goes_once(story: Story) -> None:
    send_due()
    send_due()
    assert len(mail.outbox) == 1
    assert Notice.objects.get().state == State.SENT


def test_a_row_that_another_worker_took_over_is_not_sent_by_the_first(story: Story) -> None:
    [held] = Notice.objects.claim(1)
    Notice.objects.update(lease_until=Now() - timedelta(seconds=1))
    [taken_over] = Notice.objects.claim(1)
    sending.send(held)
    assert mail.outbox == []
    sending.send(taken_over)
    assert len(mail.outbox) == 1


def test_the_copy_after_a_crash_is_the_same_mail(story: Story) -> None:
    [held] = Notice.objects.claim(1)
    assert held.fence()
    mail_before = sending.notice_mail(held, story)
    Notice.objects.update(lease_until=Now() - timedelta(seconds=1))
    send_due()
    for header in ("Message-ID", "Date"):
        assert mail.outbox[0].message()[header] == mail_before.message()[header]


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPDataError(451, b"later"),
        smtplib.SMTPAuthenticationError(535, b"who are you"),
        ConnectionRefusedError("nobody there"),
    ],
)
def test_trouble_that_may_pass_is_tried_again_later(
    story: Story, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(error, monkeypatch)
    send_due()
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (State.PENDING, 1)
    assert notice.next_attempt_at > timezone.now() + RETRIES[0] / 2


def test_trying_again_ends(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(ConnectionRefusedError("nobody there"), monkeypatch)
    for _attempt in range(len(RETRIES) + 1):
        Notice.objects.update(next_attempt_at=Now())
        send_due()
    assert Notice.objects.get().state == State.FAILED


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"priya@company.example": (550, b"5.1.1 unknown")}),
        smtplib.SMTPDataError(554, b"no"),
    ],
)
def test_a_final_no_is_not_tried_again(
    story: Story, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(error, monkeypatch)
    send_due()
    assert Notice.objects.get().state == State.FAILED


def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others(
    teller: User, nominee: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_story(teller, nominee, stranger)
    write = sending.notice_mail

    def poisoned(notice: Notice, story: Story) -> Any:
        if notice.person == nominee:
            raise ValueError("cannot be written")
        return write(notice, story)

    monkeypatch.setattr(sending, "notice_mail", poisoned)
    send_due()
    assert [message.to for message in mail.outbox] == [["sam@company.example"]]
    assert Notice.objects.get(person=nominee).state == State.FAILED


def test_names_cannot_smuggle_headers_or_markup_into_a_mail(nominee: User) -> None:
    teller = UserFactory(name="Eve <script>alert(1)</script> {{ person }}")
    tell_story(teller, nominee, headline="<b>{% now 'Y' %}</b>")
    send_due()
    [message] = mail.outbox
    html = str(message.alternatives[0].content)
    assert "<script>" not in html
    assert "{% now" in html
    assert "\n" not in message.subject


@pytest.mark.parametrize("kind", Kind)
def test_kind_has_a_mail_each(story: Story, nominee: User, manager: User, kind: Kind) -> None:
    assert mail_of(kind, story, nominee, by=manager).subject
