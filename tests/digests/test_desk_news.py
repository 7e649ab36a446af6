"""Telling culture leads that an edition has paused itself."""

from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail

from accounts.models import User
from kudos.lib.outbox import State
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.models import DeskMail, Edition
from stories.models import Story

pytestmark = pytest.mark.django_db

CORA = "cora@company.example"


def test_each_lead_is_told_that_it_paused_itself_and_why(
    edition: Edition, culture_lead: User
) -> None:
    edition.pause(by=None, note="535 5.7.8 who are you")
    send_due_desk_mails()
    [message] = mail.outbox
    assert message.to == [CORA]
    assert message.subject == "The digest is paused and waits for you"
    for body in (str(message.body), str(message.alternatives[0].content)):
        assert "535 5.7.8 who are you" in body
        assert "No copy has left yet." in body
        assert "/digest/desk/" in body


def test_the_news_counts_what_has_left(edition: Edition, culture_lead: User) -> None:
    edition.deliveries.filter(person__name="Sam Stone").update(state="sent")
    edition.pause(by=None, note="Wait.")
    send_due_desk_mails()
    assert "1 copy of 4 has left." in str(mail.outbox[0].body)


def test_the_news_speaks_the_lead_s_language(edition: Edition, culture_lead: User) -> None:
    User.objects.filter(pk=culture_lead.pk).update(language="de")
    edition.pause(by=None, note="Wait.")
    send_due_desk_mails()
    assert 'lang="de"' in str(mail.outbox[0].alternatives[0].content)


def test_a_lead_who_paused_it_is_not_written_to(edition: Edition, culture_lead: User) -> None:
    edition.pause(by=culture_lead, note="Wait.")
    assert not DeskMail.objects.exists()


def test_the_news_lapses_once_it_goes_on(edition: Edition, culture_lead: User) -> None:
    edition.pause(by=None, note="Wait.")
    edition.resume(by=culture_lead)
    send_due_desk_mails()
    assert mail.outbox == []
    assert DeskMail.objects.get().state == State.LAPSED


def test_the_news_lapses_once_it_is_given_up(edition: Edition, culture_lead: User) -> None:
    edition.pause(by=None, note="Wait.")
    edition.abort(by=culture_lead, note="No.")
    send_due_desk_mails()
    assert DeskMail.objects.get().state == State.LAPSED


def test_whoever_left_the_desk_is_not_written_to(edition: Edition, culture_lead: User) -> None:
    edition.pause(by=None, note="Wait.")
    User.objects.filter(pk=culture_lead.pk).update(is_culture_lead=False)
    send_due_desk_mails()
    assert mail.outbox == []
    assert DeskMail.objects.get().state == State.LAPSED


def test_news_that_the_server_did_not_take_is_tried_again(
    edition: Edition, culture_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(self: Any, messages: Any) -> int:
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send)
    edition.pause(by=None, note="Wait.")
    send_due_desk_mails()
    owed = DeskMail.objects.get()
    assert (owed.state, owed.attempts) == (State.PENDING, 1)


def test_notes_cannot_smuggle_markup_into_the_news(
    edition: Edition, story: Story, culture_lead: User
) -> None:
    edition.pause(by=None, note="<script>alert(1)</script>\r\nBcc: all@company.example")
    send_due_desk_mails()
    [message] = mail.outbox
    assert "<script>" not in str(message.alternatives[0].content)
    assert message.recipients() == [CORA]
