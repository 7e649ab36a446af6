"""No story waits unseen: who is reminded, of what, and how often."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from accounts.models import Company, Delegation, ReviewPolicy, User
from stories.models import State, Story
from stories.notices.models import Kind, Notice, Reminder, SwitchedOff
from stories.notices.sending import send_due
from stories.notices.tick import tick
from tests.factories import UserFactory, tell_story

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def review_first(company: Company) -> None:
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def waiting(manager: User, teller: User, nominee: User, on_monday: object) -> Story:
    return tell_story(teller, nominee)


def reminded_at(moment: datetime) -> list[str]:
    """Who gets a reminder in that minute, as the tick and a worker do it."""
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        tick()
        send_due()
    return sorted(letter.to[0] for letter in mail.outbox if "wait" in str(letter.subject))


def test_the_nearest_manager_is_reminded_after_two_working_days(
    waiting: Story, manager: User, director: User, culture_lead: User
) -> None:
    assert reminded_at(MONDAY + DAY) == []
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    assert waiting.headline in mail.outbox[0].body
    assert waiting.headline in str(mail.outbox[0].subject)


def test_once_a_day_and_again_on_the_next(waiting: Story, manager: User) -> None:
    at = MONDAY + 2 * DAY
    assert reminded_at(at) == [manager.email]
    assert reminded_at(at + timedelta(hours=3)) == []
    assert reminded_at(at + DAY) == [manager.email]


def test_after_four_the_culture_leads_as_well(
    waiting: Story, manager: User, culture_lead: User
) -> None:
    assert reminded_at(MONDAY + 3 * DAY) == [manager.email]
    assert reminded_at(MONDAY + 4 * DAY) == [culture_lead.email, manager.email]


def test_not_on_a_weekend_and_not_at_night(waiting: Story, manager: User) -> None:
    assert reminded_at(MONDAY + 5 * DAY) == []
    assert reminded_at(MONDAY + 8 * DAY - timedelta(hours=3)) == []
    assert reminded_at(MONDAY + 8 * DAY) == [manager.email]


def test_a_story_of_a_friday_is_not_overdue_on_monday(
    on_monday: time_machine.Traveller, manager: User, teller: User, nominee: User
) -> None:
    on_monday.move_to(MONDAY + 4 * DAY)
    tell_story(teller, nominee)
    assert reminded_at(MONDAY + 7 * DAY) == []
    assert reminded_at(MONDAY + 8 * DAY) == [manager.email]


def test_whoever_stands_in_is_reminded_as_well(waiting: Story, manager: User) -> None:
    stand_in = UserFactory(email="stand-in@company.example")
    until = (MONDAY + 5 * DAY).date()
    Delegation.objects.hand_over(manager, stand_in, first=MONDAY.date(), last=until)
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email, stand_in.email]


def test_whom_it_was_handed_to_is_reminded_as_well(
    waiting: Story, manager: User, director: User
) -> None:
    waiting.hand_over(director, by=manager)
    assert reminded_at(MONDAY + 2 * DAY) == [director.email, manager.email]


def test_what_was_decided_reminds_nobody(waiting: Story, manager: User) -> None:
    waiting.publish(by=manager)
    assert reminded_at(MONDAY + 2 * DAY) == []


def test_a_reminder_lapses_where_all_was_decided_before_it_went(
    waiting: Story, manager: User
) -> None:
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        tick()
        waiting.publish(by=manager)
        mail.outbox.clear()
        send_due()
    assert Reminder.objects.get().state == "lapsed"


def test_many_stories_come_in_one_mail(manager: User, teller: User, nominee: User) -> None:
    told = [tell_story(teller, nominee, headline=f"Deed {number}") for number in range(12)]
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    [letter] = mail.outbox
    assert sum(story.headline in letter.body for story in told) >= 10
    assert "And more." in letter.body


def test_who_switched_it_off_is_not_reminded(waiting: Story, manager: User) -> None:
    SwitchedOff.objects.choose(manager, {Kind.REMINDER: False})
    assert reminded_at(MONDAY + 2 * DAY) == []


def test_where_every_manager_has_left_the_leads_are_reminded(
    waiting: Story, manager: User, culture_lead: User
) -> None:
    manager.is_active = False
    manager.save()
    assert reminded_at(MONDAY + 2 * DAY) == [culture_lead.email]


def test_what_nobody_may_review_any_more_is_published_and_said(
    waiting: Story, manager: User, teller: User
) -> None:
    manager.is_active = False
    manager.save()
    teller.is_culture_lead = True
    teller.save()
    assert reminded_at(MONDAY + 2 * DAY) == []
    waiting.refresh_from_db()
    assert waiting.state == State.PUBLISHED
    assert Notice.objects.filter(kind=Kind.UNREVIEWED, person=teller).exists()


def test_two_ticks_at_once_owe_one(waiting: Story, manager: User) -> None:
    at = MONDAY + 2 * DAY
    Reminder.objects.owe({manager.pk}, at.date(), at)
    Reminder.objects.owe({manager.pk}, at.date(), at)
    assert Reminder.objects.count() == 1


def test_trouble_with_the_reminders_leaves_other_mails_alone(
    waiting: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[object] = []
    monkeypatch.setattr("stories.notices.tick.wake", woken.append)
    monkeypatch.setattr("stories.notices.tick.remind", lambda: 1 / 0)
    Reminder.objects.owe({waiting.teller_id}, MONDAY.date(), MONDAY)
    with pytest.raises(ZeroDivisionError):
        tick()
    assert woken
