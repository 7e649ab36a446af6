"""A test copy of an edition to whoever asked for it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Company, User
from kudos.lib.outbox import State
from stories.digests import tasks, tick
from stories.digests.desk.errors import DeskError
from stories.digests.desk.mails import send_test
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.models import DeskMail, Edition
from stories.digests.tasks import send_desk_mails
from tests.digests.desk import FRIDAY, done_to, headlines
from tests.digests.mailserver import MailServer, text_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

CORA = "cora@company.example"


def test_a_test_is_the_lead_s_own_copy_as_it_would_leave(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        asked = send_test(planned, by=culture_lead)
        first = headlines(planned)[0]
        send_desk_mails()
    message = server.message_to(CORA)
    assert message["Subject"].startswith("[Test] ")
    assert message["Message-ID"] == asked.message_id
    assert first in text_of(message)
    assert "Hello Cora," in text_of(message)


def test_what_became_of_a_test_is_on_its_row(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    asked = send_test(planned, by=culture_lead)
    assert asked.state == State.PENDING
    send_due_desk_mails()
    asked.refresh_from_db()
    assert (asked.state, asked.error) == (State.SENT, "")
    assert asked.sent_at is not None


def test_a_test_leaves_one_row_of_history(planned: Edition, culture_lead: User) -> None:
    send_test(planned, by=culture_lead)
    assert done_to(planned) == ["send test"]


def test_a_test_makes_nobody_s_copy(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    send_test(planned, by=culture_lead)
    send_due_desk_mails()
    assert server.addresses == [CORA]
    assert not planned.deliveries.exists()
    assert not planned.renderings.exists()


def test_a_test_gives_no_way_out_away(
    edition: Edition, culture_lead: User, server: MailServer
) -> None:
    send_test(edition, by=culture_lead)
    send_due_desk_mails()
    assert "unsubscribe/preview/" in server.message_to(CORA)["List-Unsubscribe"]


def test_a_test_speaks_the_lead_s_language(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    User.objects.filter(pk=culture_lead.pk).update(language="de")
    send_test(planned, by=culture_lead)
    send_due_desk_mails()
    assert 'lang="de"' in text_of(server.message_to(CORA), "html")


def test_the_server_s_no_is_shown_and_not_tried_again(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    server.refuse[CORA] = "450 4.7.1 not now"
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "4.7.1 not now" in asked.error
    assert send_due_desk_mails() == 0


def test_a_server_that_is_away_is_said(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    server.stop()
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    server.start()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert asked.error.startswith("The mail server is out of reach: ")


def test_a_server_that_does_not_answer_is_said(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    server.drop.add(CORA)
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "did not answer" in asked.error


def test_a_template_that_raises_is_said(
    planned: Edition, culture_lead: User, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise LookupError("no such block")

    monkeypatch.setattr("stories.digests.preview.render", broken)
    asked = send_test(planned, by=culture_lead)
    send_due_desk_mails()
    asked.refresh_from_db()
    assert (asked.state, asked.error) == (State.FAILED, "no such block")


def test_a_mailer_that_is_not_set_up_right_is_said_and_holds_up_nobody(
    planned: Edition, culture_lead: User, settings: Any
) -> None:
    digest = {"BACKEND": "anymail.backends.postmark.EmailBackend"}
    settings.MAILERS = settings.MAILERS | {"digest": digest}
    asked = send_test(planned, by=culture_lead)
    planned.pause(by=None, note="The mailer is not set up right.")
    send_due_desk_mails()
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "server_token" in asked.error
    assert [message.to for message in mail.outbox] == [[CORA]]


def test_one_mail_that_nothing_is_known_of_holds_up_no_other(
    planned: Edition, culture_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = send_test(planned, by=culture_lead)
    planned.pause(by=None, note="Wait.")

    def broken(mail: DeskMail) -> None:
        raise RuntimeError("out of the blue")

    monkeypatch.setattr("stories.digests.desk.posting.send_test_copy", broken)
    assert send_due_desk_mails() == 2
    asked.refresh_from_db()
    assert (asked.state, asked.error) == (State.PENDING, "out of the blue")
    assert [message.to for message in mail.outbox] == [[CORA]]


def test_the_copy_after_a_crash_is_the_same_mail(
    planned: Edition, culture_lead: User, server: MailServer
) -> None:
    an_hour_ago = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    asked = send_test(planned, by=culture_lead)
    DeskMail.objects.update(created_at=an_hour_ago)
    send_due_desk_mails()
    DeskMail.objects.update(state=State.SENDING, lease_until=Now() - timedelta(seconds=1))
    send_due_desk_mails()
    first, second = (server.message_to(CORA, which) for which in (0, 1))
    assert first["Message-ID"] == second["Message-ID"] == asked.message_id
    assert first["Date"].datetime == second["Date"].datetime == an_hour_ago


def test_a_lead_without_a_mailbox_is_told_at_once(planned: Edition) -> None:
    lead = UserFactory(email=None, employee_id="W-1", is_culture_lead=True)
    with pytest.raises(DeskError, match="no email address"):
        send_test(planned, by=lead)
    assert not DeskMail.objects.exists()


def waking(monkeypatch: pytest.MonkeyPatch, woken: list[str]) -> None:
    """Note each time that a worker is woken for the desk's mails."""
    monkeypatch.setattr(
        tasks.send_desk_mails, "apply_async", lambda *args, **options: woken.append("desk_mail")
    )


def test_a_worker_is_woken_for_a_test(
    planned: Edition,
    culture_lead: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    woken: list[str] = []
    waking(monkeypatch, woken)
    with django_capture_on_commit_callbacks(execute=True):
        send_test(planned, by=culture_lead)
    assert woken == ["desk_mail"]


def test_what_nobody_was_woken_for_is_found_by_the_tick(
    company: Company,
    planned: Edition,
    culture_lead: User,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    send_test(planned, by=culture_lead)
    woken: list[str] = []
    waking(monkeypatch, woken)
    with django_capture_on_commit_callbacks(execute=True):
        tick.wake_workers()
    assert woken == ["desk_mail"]
