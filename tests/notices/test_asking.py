"""Who is asked is reminded twice, then the teller is told; silence publishes nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client

from accounts.models import Company, Publicity, User
from stories.models import State, Story
from stories.notices.models import Kind, Notice
from stories.notices.models import State as NoticeState
from stories.notices.sending import send_due
from tests.conftest import signed_in
from tests.factories import UserFactory, tell_story, telling, wants
from tests.stories.composing import photo_file

pytestmark = pytest.mark.django_db

ASKED = "May Ana Lima publish a story about you?"
AGAIN = "Ana Lima’s story about you waits for your answer"
UNANSWERED = "Your story still waits for an answer"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_auckland(company: Company) -> None:
    company.time_zone = "Pacific/Auckland"
    company.save()


@pytest.fixture
def asking(teller: User, nominee: User) -> Story:
    return tell_story(teller, wants(nominee, Publicity.ASK_FIRST))


def days_pass(days: int = 1) -> list[tuple[str, str]]:
    """What went, to whom, when the worker runs that many days later (by the database's clock)."""
    earlier = {name: F(name) - days * DAY for name in ("next_attempt_at", "sent_at", "lease_until")}
    Notice.objects.update(**earlier)
    mail.outbox.clear()
    send_due()
    return [(str(message.subject), message.to[0]) for message in mail.outbox]


def due() -> list[tuple[str, datetime]]:
    zone = ZoneInfo("Pacific/Auckland")
    rows = Notice.objects.order_by("next_attempt_at", "pk")
    return [(row.kind, row.next_attempt_at.astimezone(zone)) for row in rows]


def everything(days: int = 14) -> Iterator[tuple[int, str, str]]:
    """What goes in two weeks of a worker that looks once a day."""
    for day in range(days):
        for subject, to in days_pass(0 if day == 0 else 1):
            yield day, subject, to


def test_two_working_days_later_after_five_and_then_the_teller(asking: Story) -> None:
    [(_, now), *later] = due()
    assert [kind for kind, _at in later] == ["asked_again", "asked_again", "unanswered"]
    for working_days, (_kind, at) in zip((2, 5, 7), later, strict=True):
        between = [now + DAY * day for day in range(1, (at.date() - now.date()).days + 1)]
        assert sum(day.weekday() < 5 for day in between) == working_days
        assert at.weekday() < 5


def test_each_mail_goes_once_and_the_story_stays_where_it_is(
    asking: Story, nominee: User, teller: User
) -> None:
    told = [(subject, to) for _day, subject, to in everything(30)]
    assert told == [
        (ASKED, nominee.email),
        (AGAIN, nominee.email),
        (AGAIN, nominee.email),
        (UNANSWERED, teller.email),
    ]
    asking.refresh_from_db()
    assert asking.state == State.ASKING
    assert asking.published_at is None


def test_a_reminder_bears_the_date_of_its_day(asking: Story) -> None:
    for notice in Notice.objects.all():
        assert abs(notice.created_at - notice.next_attempt_at) < timedelta(minutes=1)


def test_the_last_reminder_says_that_it_is(asking: Story) -> None:
    bodies = []
    for _day, subject, _to in everything():
        if subject == AGAIN:
            [message] = mail.outbox
            bodies.append(" ".join(str(message.body).split()))
            assert "Without your answer it stays unpublished" in bodies[-1]
            html = str(message.alternatives[0].content)
            assert f"{asking.get_absolute_url()}#answer" in html
            assert f"{asking.get_absolute_url()}#answer" in bodies[-1]
    first, second = bodies
    assert "You will be reminded once more." in first
    assert "You will not be reminded again." in second


def test_the_teller_reads_who_has_not_answered_and_what_they_can_do(
    teller: User, nominee: User, stranger: User
) -> None:
    people = [wants(person, Publicity.ASK_FIRST) for person in (nominee, stranger)]
    asked = wants(UserFactory(name="Hana Ito"), Publicity.ASK_FIRST)
    story = tell_story(teller, *people, helping_hands=[asked])
    story.agree(by=nominee)
    list(everything())
    days_pass()
    [row] = Notice.objects.filter(kind=Kind.UNANSWERED)
    assert row.state == NoticeState.SENT
    Notice.objects.filter(pk=row.pk).update(state=NoticeState.PENDING)
    mail.outbox.clear()
    send_due()
    body = " ".join(str(mail.outbox[0].body).split())
    assert "Hana Ito and Sam Stone wished to be asked first" in body
    assert "Priya" not in body
    assert "ask them in person, go on writing" in body


@pytest.mark.parametrize("answer", ["agree", "agree_without_photo", "keep_private"])
def test_an_answer_ends_it(answer: str, asking: Story, nominee: User) -> None:
    send_due()
    getattr(asking, answer)(by=nominee)
    days_pass(14)
    questions = Notice.objects.filter(kind__in=[Kind.ASKED_AGAIN, Kind.UNANSWERED])
    assert {notice.state for notice in questions} == {NoticeState.LAPSED}
    assert not {message.subject for message in mail.outbox} & {AGAIN, UNANSWERED}


def test_whoever_answered_is_not_reminded_while_another_is(
    teller: User, nominee: User, stranger: User
) -> None:
    for person in (nominee, stranger):
        wants(person, Publicity.ASK_FIRST)
    story = tell_story(teller, nominee, helping_hands=[stranger])
    send_due()
    story.agree(by=nominee)
    reminded = {to for _day, subject, to in everything() if subject == AGAIN}
    assert reminded == {stranger.email}


@pytest.mark.parametrize("end", ["withdraw", "rewrite", "keep_private"])
def test_nothing_is_asked_about_a_story_that_its_teller_took_back(
    end: str, asking: Story, teller: User
) -> None:
    send_due()
    getattr(asking, end)(by=teller)
    assert not {AGAIN, UNANSWERED} & {subject for _day, subject, _to in everything()}


def test_who_is_asked_anew_is_reminded_of_that_alone(
    asking: Story, teller: User, nominee: User
) -> None:
    send_due()
    asking.agree_without_photo(by=nominee)
    asking.edit(telling(nominees=[nominee], photo=photo_file()), by=teller)
    assert asking.state == State.ASKING
    told = [(subject, to) for _day, subject, to in everything(30)]
    assert told == [
        (ASKED, nominee.email),
        (AGAIN, nominee.email),
        (AGAIN, nominee.email),
        (UNANSWERED, teller.email),
    ]


def test_after_weeks_without_a_worker_it_is_one_mail_a_day(
    asking: Story, nominee: User, teller: User
) -> None:
    days = [days_pass(30), *(days_pass() for _ in range(4))]
    assert days == [
        [(ASKED, nominee.email)],
        [(AGAIN, nominee.email)],
        [(AGAIN, nominee.email)],
        [(UNANSWERED, teller.email)],
        [],
    ]


def test_two_workers_and_a_crash_send_the_same_mail_or_none(asking: Story) -> None:
    Notice.objects.exclude(kind=Kind.ASKED_AGAIN).delete()
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - 30 * DAY)
    held = Notice.objects.claim(2)
    assert len(held) == 2
    assert Notice.objects.claim(2) == []
    Notice.objects.update(lease_until=F("lease_until") - DAY)
    send_due()
    assert len(mail.outbox) == 1
    assert send_due() == 0


def test_a_leaver_and_somebody_without_a_mailbox_are_not_written_to(
    teller: User, nominee: User
) -> None:
    helper = UserFactory(email=None, employee_id="W-014", publicity=Publicity.ASK_FIRST)
    tell_story(teller, wants(nominee, Publicity.ASK_FIRST), helping_hands=[helper])
    User.objects.filter(pk=nominee.pk).update(is_active=False)
    assert [to for _day, _subject, to in everything()] == [teller.email]


def test_the_address_in_the_mail_is_the_page_with_the_answers(asking: Story, nominee: User) -> None:
    client: Client = signed_in(nominee)
    html = client.get(asking.get_absolute_url()).content.decode()
    assert 'id="answer"' in html
