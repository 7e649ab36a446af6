"""Whoever stands in hears of it once, and of what becomes of it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import Delegation, History, User
from accounts.signals import delegation_changed
from stories.notices import tick
from stories.notices.models import StandInNotice, State
from stories.notices.sending import send_due
from stories.notices.standing_in import SETTLED_AFTER
from tests.notices.stand_ins import ASKED, CHANGED, MONDAY, OVER, ask, heard

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def away(clock: object, manager: User, nominee: User) -> User:
    """Who has something to hand over."""
    return manager


@pytest.fixture
def told(away: User, stranger: User) -> Delegation:
    """From tomorrow on for a week, of which the stranger has heard."""
    made = ask(away, stranger, 1, 7)
    assert heard() == [(stranger.email, ASKED)]
    return made


def test_the_stand_in_hears_of_it_and_nobody_else(
    away: User, stranger: User, director: User, culture_lead: User, other_manager: User
) -> None:
    ask(away, stranger, 1, 7)
    assert heard() == [(stranger.email, ASKED)]
    assert heard() == []


def test_it_waits_a_little_for_what_else_is_changed(away: User, stranger: User) -> None:
    ask(away, stranger, 1, 7)
    send_due()
    assert mail.outbox == []
    due_in = StandInNotice.objects.get().created_at - timezone.now()
    assert due_in == SETTLED_AFTER


def test_saying_it_twice_tells_it_once(told: Delegation, away: User, stranger: User) -> None:
    ask(away, stranger, 1, 7)
    assert heard() == []
    assert StandInNotice.objects.count() == 1


def test_other_days_are_one_mail_that_says_which(
    told: Delegation, away: User, stranger: User
) -> None:
    told.end(by=away)
    ask(away, stranger, 3, 9)
    assert heard() == [(stranger.email, CHANGED)]
    assert "from Nov. 5, 2026 until Nov. 11, 2026" in " ".join(mail.outbox[0].body.split())


def test_days_that_are_changed_back_are_news_again(
    told: Delegation, away: User, stranger: User
) -> None:
    told.end(by=away)
    other = ask(away, stranger, 3, 9)
    assert heard() == [(stranger.email, CHANGED)]
    other.end(by=away)
    ask(away, stranger, 1, 7)
    assert heard() == [(stranger.email, CHANGED)]


def test_more_days_are_said_with_those_before(told: Delegation, away: User, stranger: User) -> None:
    ask(away, stranger, 20, 20)
    assert heard() == [(stranger.email, CHANGED)]
    said = " ".join(mail.outbox[0].body.split())
    assert "from Nov. 3, 2026 until Nov. 9, 2026 and on Nov. 22, 2026" in said


def test_days_that_have_passed_are_not_said_again(
    told: Delegation, away: User, stranger: User, clock: time_machine.Traveller
) -> None:
    clock.shift(8 * DAY)
    ask(away, stranger, 20, 20)
    assert heard() == [(stranger.email, ASKED)]
    assert "asks you to stand in on Nov. 22, 2026." in " ".join(mail.outbox[0].body.split())


def test_days_within_those_known_are_no_news(told: Delegation, away: User, stranger: User) -> None:
    ask(away, stranger, 2, 4)
    assert heard() == []


def test_what_is_taken_back_and_said_again_at_once_is_no_news(
    told: Delegation, away: User, stranger: User
) -> None:
    told.end(by=away)
    ask(away, stranger, 1, 7)
    assert heard() == []


def test_a_first_day_that_has_passed_is_no_news(
    told: Delegation, away: User, stranger: User, clock: time_machine.Traveller
) -> None:
    clock.shift(3 * DAY)
    told.end(by=away)
    ask(away, stranger, 3, 7)
    assert heard() == []


def test_what_ends_early_is_told_once(told: Delegation, away: User, stranger: User) -> None:
    same = Delegation.objects.get()
    told.end(by=away)
    same.end(by=away)
    assert heard() == [(stranger.email, OVER)]
    assert StandInNotice.objects.count() == 2


def test_what_is_taken_back_before_it_was_told_is_not_told(away: User, stranger: User) -> None:
    ask(away, stranger, 1, 7).end(by=away)
    assert heard() == []
    assert set(StandInNotice.objects.values_list("state", flat=True)) == {State.LAPSED}


def test_what_had_ended_by_itself_is_not_told_to_be_over(
    told: Delegation, away: User, clock: time_machine.Traveller
) -> None:
    clock.shift(8 * DAY)
    told.end(by=away)
    assert heard() == []


def test_the_next_time_is_a_question_anew(
    told: Delegation, away: User, stranger: User, clock: time_machine.Traveller
) -> None:
    clock.shift(30 * DAY)
    ask(away, stranger, 31, 33)
    assert heard() == [(stranger.email, ASKED)]


def test_handed_to_somebody_else_both_hear(
    told: Delegation, away: User, stranger: User, teller: User
) -> None:
    told.end(by=away)
    ask(away, teller, 1, 7)
    assert heard() == [(teller.email, ASKED), (stranger.email, OVER)]


def test_one_more_stand_in_is_no_news_to_the_first(
    told: Delegation, away: User, teller: User
) -> None:
    ask(away, teller, 1, 7)
    assert heard() == [(teller.email, ASKED)]


def test_for_whom_it_is_makes_it_another_mail(
    told: Delegation, away: User, stranger: User, culture_lead: User
) -> None:
    ask(culture_lead, stranger, 1, 7)
    assert heard() == [(stranger.email, "Cora Lindqvist asks you to stand in")]


@pytest.fixture
def broken() -> Iterator[None]:
    """What is to tell of it fails."""

    def fail(**kwargs: Any) -> None:
        raise RuntimeError

    delegation_changed.connect(fail)
    yield
    delegation_changed.disconnect(fail)


def test_without_the_mail_nobody_stands_in(away: User, stranger: User, broken: None) -> None:
    """Both are one transaction."""
    with pytest.raises(RuntimeError):
        ask(away, stranger, 1, 7)
    assert not Delegation.objects.exists()
    assert not StandInNotice.objects.exists()
    assert not History.objects.about(away).exists()


def test_without_the_mail_nothing_ends(told: Delegation, away: User, broken: None) -> None:
    with pytest.raises(RuntimeError):
        told.end(by=away)
    assert Delegation.objects.exists()
    assert StandInNotice.objects.count() == 1


def test_the_tick_finds_it(away: User, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[object] = []
    monkeypatch.setattr(tick, "wake", woken.append)
    ask(away, stranger, 1, 7)
    tick.tick()
    assert woken == []
    StandInNotice.objects.update(next_attempt_at=Now())
    tick.tick()
    assert woken == [tick.send_notices]
