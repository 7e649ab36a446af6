"""Whoever does not want a kind of mail does not get it, and nobody else goes without."""

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Publicity, User
from stories.models import Story
from stories.notices.models import Kind, Notice, State, SwitchedOff
from stories.notices.sending import send_due
from tests.factories import UserFactory, tell_story, wants

pytestmark = pytest.mark.django_db


def switch(person: User, kind: Kind, is_wanted: bool) -> None:
    SwitchedOff.objects.choose(person, {kind: is_wanted})


def readers() -> list[str]:
    send_due()
    return sorted(message.to[0] for message in mail.outbox)


def test_who_has_switched_it_off_is_owed_nothing_and_others_are(
    teller: User, nominee: User, stranger: User
) -> None:
    switch(nominee, Kind.CELEBRATED, False)
    tell_story(teller, nominee, stranger)
    assert [notice.person for notice in Notice.objects.all()] == [stranger]
    assert readers() == [stranger.email]


def test_what_is_switched_off_before_it_goes_lapses_and_others_is_sent(
    teller: User, nominee: User, stranger: User
) -> None:
    tell_story(teller, nominee, stranger)
    switch(nominee, Kind.CELEBRATED, False)
    assert readers() == [stranger.email]
    assert Notice.objects.get(person=nominee).state == State.LAPSED


def test_another_kind_that_is_switched_off_is_no_matter(story: Story, nominee: User) -> None:
    switch(nominee, Kind.VOICED, False)
    assert readers() == [nominee.email]


def test_a_mail_that_waits_for_its_next_try_is_not_sent_after_all(
    story: Story, nominee: User
) -> None:
    [held] = Notice.objects.claim(1)
    held.retry("nobody there")
    switch(nominee, Kind.CELEBRATED, False)
    Notice.objects.update(next_attempt_at=held.created_at)
    assert readers() == []
    assert Notice.objects.get().state == State.LAPSED


def test_who_switches_it_on_again_hears_of_what_comes_then(
    story: Story, stranger: User, manager: User, nominee: User
) -> None:
    switch(nominee, Kind.VOICED, False)
    story.add_voice("So it was.", by=stranger)
    assert not Notice.objects.filter(kind=Kind.VOICED).exists()
    switch(nominee, Kind.VOICED, True)
    story.add_voice("I saw it too.", by=manager)
    assert Notice.objects.get(kind=Kind.VOICED).person == nominee


def test_the_question_can_be_switched_off_and_stands_on_the_page_still(
    teller: User, nominee: User, as_nominee: Client
) -> None:
    switch(nominee, Kind.ASKED, False)
    story = tell_story(teller, wants(nominee, Publicity.ASK_FIRST))
    assert not story.is_published
    assert readers() == []
    assert "waits for your answer" in as_nominee.get("/stories/mine/").text


@pytest.mark.parametrize("count", [1, 5])
def test_owing_takes_a_fixed_number_of_queries(
    story: Story, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = UserFactory.create_batch(count)
    with django_assert_num_queries(4):
        Notice.objects.owe(story, people, Kind.CELEBRATED, occasion=3)
