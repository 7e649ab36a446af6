"""Changes and reports wait no more unseen than stories do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from pytest_django import DjangoAssertNumQueries

from accounts.models import Company, User
from stories.models import State, Story
from stories.notices.models import Kind, Notice, Reminder
from stories.notices.reminding import waiting_for, whom_to_remind
from stories.notices.sending import send_due
from stories.notices.tick import tick
from stories.signals import story_decided
from tests.factories import UserFactory, tell_story, telling
from tests.stories.reviewed import review_first

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
NEW = "Forty-one trips were saved"
WHY = "It names a customer."


@pytest.fixture(autouse=True)
def on_monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def changed(on_monday: object, company: Company, story: Story, manager: User) -> Story:
    return propose(company, story)


@pytest.fixture
def reported(on_monday: object, company: Company, story: Story, stranger: User) -> Story:
    story.report(WHY, by=stranger)
    return story


def propose(company: Company, story: Story, *nominees: User) -> Story:
    """Its teller wants to change the headline, and whom it celebrates."""
    review_first()
    people = [*story.nominees, *nominees]
    story.edit(telling(headline=NEW, nominees=people), by=story.teller)
    return story


def reminded_at(moment: datetime) -> list[str]:
    """Who gets a reminder in that minute, as the tick and a worker do it."""
    send_due()
    mail.outbox.clear()
    with time_machine.travel(moment, tick=False):
        tick()
        send_due()
    return sorted(letter.to[0] for letter in mail.outbox if "wait" in str(letter.subject))


def parts() -> list[str]:
    return [str(mail.outbox[0].body), str(mail.outbox[0].alternatives[0].content)]


def test_a_change_reminds_the_nearest_manager_and_after_four_days_the_leads(
    changed: Story, manager: User, culture_lead: User
) -> None:
    assert reminded_at(MONDAY + DAY) == []
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    assert reminded_at(MONDAY + 4 * DAY) == [culture_lead.email, manager.email]


def test_the_mail_says_that_it_is_a_change_and_leads_to_it(changed: Story, manager: User) -> None:
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    for part in parts():
        assert "a change by Ana Lima, waiting since" in part
        assert NEW not in part
    assert f"/review/?tab=changes&story={changed.ref}" in parts()[0]


def test_a_change_that_was_sent_back_reminds_nobody(changed: Story, manager: User) -> None:
    changed.send_edit_back(by=manager, note="Shorter")
    assert reminded_at(MONDAY + 2 * DAY) == []


def test_whom_a_change_names_is_not_reminded_of_it(
    company: Company, story: Story, manager: User, director: User
) -> None:
    propose(company, story, manager)
    assert reminded_at(MONDAY + 2 * DAY) == [director.email]


def test_a_change_that_nobody_may_decide_about_any_more_is_read(
    changed: Story, manager: User, teller: User
) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    User.objects.filter(pk=teller.pk).update(is_culture_lead=True)
    reminded_at(MONDAY + 2 * DAY)
    changed.refresh_from_db()
    assert (changed.headline, changed.state) == (NEW, State.PUBLISHED)
    assert Notice.objects.filter(kind=Kind.UNREVIEWED, person=teller).exclude(occasion=0).exists()


def test_a_change_that_cannot_be_read_goes_back_and_holds_up_nothing(
    company: Company, story: Story, manager: User, nominee: User, stranger: User
) -> None:
    """Another story's reminder goes all the same."""
    other = tell_story(nominee, UserFactory(manager=UserFactory(email="boss@company.example")))
    propose(company, story, stranger)
    propose(company, other)
    User.objects.filter(pk__in=[manager.pk, stranger.pk]).update(is_active=False)
    assert reminded_at(MONDAY + 2 * DAY) == ["boss@company.example"]
    story.refresh_from_db()
    assert story.proposal.is_returned


def test_a_change_that_nothing_can_be_done_about_keeps_nobody_from_a_reminder(
    changed: Story, manager: User, nominee: User, caplog: pytest.LogCaptureFixture
) -> None:
    other = tell_story(nominee, UserFactory(manager=UserFactory(email="boss@company.example")))
    User.objects.filter(pk=manager.pk).update(is_active=False)

    def fail(**kwargs: object) -> None:
        raise RuntimeError

    story_decided.connect(fail)
    try:
        assert reminded_at(MONDAY + 2 * DAY) == ["boss@company.example"]
    finally:
        story_decided.disconnect(fail)
    assert other.is_waiting
    assert changed.ref in caplog.text
    assert Story.objects.get(pk=changed.pk).has_waiting_edit


def test_a_report_reminds_the_nearest_manager_and_after_four_days_the_leads(
    reported: Story, manager: User, culture_lead: User
) -> None:
    assert reminded_at(MONDAY + DAY) == []
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    assert reminded_at(MONDAY + 4 * DAY) == [culture_lead.email, manager.email]


def test_the_mail_says_that_it_was_reported_and_not_by_whom(reported: Story, manager: User) -> None:
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    for part in parts():
        assert "reported on 2" in part or "reported on Nov" in part
        assert "Sam Stone" not in part
        assert WHY not in part
    assert f"/review/?tab=reported&story={reported.ref}" in parts()[0]


def test_a_story_that_reports_hid_is_said_to_be_hidden(
    reported: Story, nominee: User, manager: User
) -> None:
    for reader in (nominee, UserFactory()):
        reported.report(WHY, by=reader)
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    for part in parts():
        assert "and hidden until it is decided" in part


def test_one_story_that_is_reported_and_changed_is_one(
    reported: Story, company: Company, manager: User
) -> None:
    propose(company, reported)
    assert reminded_at(MONDAY + 2 * DAY) == [manager.email]
    assert mail.outbox[0].subject == f"“{reported.headline}” waits for you"
    for part in parts():
        assert "a change by Ana Lima" in part
        assert "reported on" in part
        assert "this story has waited" in part


def test_a_report_that_was_decided_reminds_nobody(reported: Story, manager: User) -> None:
    reported.keep_as_it_is(by=manager)
    assert reminded_at(MONDAY + 2 * DAY) == []


def test_a_report_that_nobody_may_decide_about_waits_for_somebody_who_may(
    reported: Story, manager: User, company: Company
) -> None:
    User.objects.filter(pk=manager.pk).update(is_active=False)
    assert reminded_at(MONDAY + 2 * DAY) == []
    assert reported.reports.open().exists()
    UserFactory(email="zoe@company.example", is_culture_lead=True)
    assert reminded_at(MONDAY + 3 * DAY) == ["zoe@company.example"]


def test_the_oldest_comes_first_whatever_it_is(
    on_monday: time_machine.Traveller,
    company: Company,
    reported: Story,
    teller: User,
    nominee: User,
    manager: User,
) -> None:
    on_monday.move_to(MONDAY + timedelta(hours=1))
    propose(company, tell_story(teller, nominee))
    on_monday.move_to(MONDAY + timedelta(hours=2))
    waiting = tell_story(teller, nominee)
    assert waiting.is_waiting
    on_monday.move_to(MONDAY + 3 * DAY)
    found = [(one.tab.name, one.story.pk) for one in waiting_for(manager)]
    assert [name for name, _pk in found] == ["reported", "changes", "waiting"]
    assert (found[0][1], found[2][1]) == (reported.pk, waiting.pk)


@pytest.mark.parametrize("count", [1, 6])
def test_it_takes_a_fixed_number_of_queries(
    company: Company,
    teller: User,
    nominee: User,
    manager: User,
    stranger: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    told = [tell_story(teller, nominee) for _each in range(count)]
    for story in told:
        story.report(WHY, by=stranger)
        propose(company, story)
        tell_story(teller, nominee)
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        here = MONDAY + 2 * DAY
        with django_assert_num_queries(29):
            assert whom_to_remind(here) == {manager.pk}
        Reminder.objects.owe({manager.pk}, here.date(), here)
        send_due()
        Reminder.objects.update(state="pending")
        with django_assert_num_queries(27):
            send_due()
