"""Workers die and mail servers refuse: a stand-in hears of it all the same, and once."""

from collections.abc import Iterator
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now

from accounts.models import Delegation, User
from stories.notices.models import StandInNotice, State
from stories.notices.sending import send_stand_in
from tests.notices.stand_ins import ASKED, MONDAY, OVER, ask, heard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def asked(manager: User, nominee: User, stranger: User) -> Delegation:
    """For tomorrow; the mail about it is due."""
    made = ask(manager, stranger, 1, 1)
    StandInNotice.objects.update(next_attempt_at=Now())
    return made


def attempt(monkeypatch: pytest.MonkeyPatch, trouble: BaseException) -> None:
    """A worker comes upon this while it sends."""

    def fail(message: EmailMultiAlternatives) -> None:
        raise trouble

    [notice] = StandInNotice.objects.claim(1)
    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", fail)
        send_stand_in(notice)


def die(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is killed before it can say that the mail has gone, and its lease runs out."""
    with pytest.raises(SystemExit):
        attempt(monkeypatch, SystemExit())
    StandInNotice.objects.update(lease_until=Now() - timedelta(minutes=1))


def test_a_worker_that_died_over_it_leaves_the_same_mail_to_the_next(
    asked: Delegation, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    die(monkeypatch)
    assert heard() == [(stranger.email, ASKED)]
    headers = mail.outbox[0].message()
    assert headers["Message-ID"] == StandInNotice.objects.get().message_id
    assert heard() == []


def test_what_has_perhaps_gone_and_is_over_is_said_to_be_over(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    die(monkeypatch)
    asked.end(by=manager)
    assert heard() == [(stranger.email, OVER)]
    assert heard() == []


def test_what_has_perhaps_gone_is_said_again_though_nothing_has_changed(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    die(monkeypatch)
    asked.end(by=manager)
    ask(manager, stranger, 1, 1)
    assert heard() == [(stranger.email, ASKED)]
    assert heard() == []


def test_what_is_over_is_said_again_where_the_mail_about_it_has_perhaps_gone(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert heard() == [(stranger.email, ASKED)]
    asked.end(by=manager)
    StandInNotice.objects.update(next_attempt_at=Now())
    die(monkeypatch)
    ask(manager, stranger, 2, 2).end(by=manager)
    assert heard() == [(stranger.email, OVER)]


def test_what_waits_for_another_try_goes_as_it_is_then(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt(monkeypatch, SMTPServerDisconnected())
    asked.end(by=manager)
    ask(manager, stranger, 2, 2)
    assert heard() == [(stranger.email, ASKED)]
    assert "on Nov. 4, 2026" in mail.outbox[0].body


def test_what_a_server_did_not_answer_is_said_to_be_over(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have taken the mail."""
    attempt(monkeypatch, SMTPServerDisconnected())
    asked.end(by=manager)
    assert heard() == [(stranger.email, OVER)]


def test_what_was_never_tried_is_not_said_to_be_over(asked: Delegation, manager: User) -> None:
    asked.end(by=manager)
    assert heard() == []
    assert {notice.state for notice in StandInNotice.objects.all()} == {State.LAPSED}


def test_the_later_of_two_speaks(
    asked: Delegation, manager: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The earlier was held by a worker when the days changed, and its server said "not now"."""
    [held] = StandInNotice.objects.claim(1)
    ask(manager, stranger, 2, 2)
    held.retry("not now")
    assert StandInNotice.objects.filter(state=State.PENDING).count() == 2
    assert heard() == [(stranger.email, ASKED)]
    states = StandInNotice.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.LAPSED, State.SENT]
