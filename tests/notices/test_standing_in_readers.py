"""Who does not hear that they are asked to stand in."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from stories.notices.kinds import Kind
from stories.notices.models import StandInNotice, State, SwitchedOff
from tests.notices.stand_ins import MONDAY, ask, heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(manager: User, nominee: User) -> Iterator[User]:
    """Who has something to hand over."""
    with time_machine.travel(MONDAY, tick=False):
        yield manager


def test_a_leaver_hears_nothing(away: User, stranger: User) -> None:
    ask(away, stranger, 1, 7)
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    assert heard() == []
    assert StandInNotice.objects.get().state != State.SENT


def test_people_without_a_mailbox_are_owed_nothing(away: User, stranger: User) -> None:
    stranger.email, stranger.employee_id = None, "W-014"
    stranger.save()
    ask(away, stranger, 1, 7)
    assert not StandInNotice.objects.exists()


def test_who_switched_it_off_is_owed_nothing_and_others_are(
    away: User, stranger: User, teller: User
) -> None:
    SwitchedOff.objects.choose(stranger, {Kind.STAND_IN: False})
    ask(away, stranger, 1, 7)
    ask(away, teller, 1, 7)
    assert [notice.person for notice in StandInNotice.objects.all()] == [teller]


def test_what_is_switched_off_before_it_goes_lapses(away: User, stranger: User) -> None:
    ask(away, stranger, 1, 7)
    SwitchedOff.objects.choose(stranger, {Kind.STAND_IN: False})
    assert heard() == []
    assert StandInNotice.objects.get().state == State.LAPSED


def test_somebody_who_reviews_nothing_yet_finds_the_switch(as_stranger: Client) -> None:
    page = as_stranger.get("/preferences/mail/").text
    assert 'value="stand_in"' in page
    assert "When a colleague who is away asks you to review in their place" in page
