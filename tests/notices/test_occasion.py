"""What happens to a story twice is told twice; what is undone and done again at once, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from stories.models import Story
from stories.notices.models import Kind, Notice, State
from stories.notices.receivers import HOLD
from stories.notices.sending import send_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_of_the_story(story: Story) -> None:
    send_due()
    mail.outbox.clear()


def owe(story: Story, person: User, occasion: int) -> Notice:
    Notice.objects.owe(story, [person], Kind.CELEBRATED, wait=HOLD, occasion=occasion)
    return Notice.objects.get(person=person, occasion=occasion)


def lapse(notice: Notice, culture_lead: User) -> None:
    """Its story is hidden while it goes, and then back."""
    notice.story.hide(by=culture_lead, note="Names a customer")
    after_the_hold()
    notice.story.unhide(by=culture_lead)


def after_the_hold() -> None:
    Notice.objects.update(next_attempt_at=F("next_attempt_at") - HOLD)
    send_due()


def states() -> list[tuple[int, str]]:
    notices = Notice.objects.exclude(occasion=0).order_by("occasion")
    return [(notice.occasion, notice.state) for notice in notices]


def test_it_waits_a_moment(story: Story, nominee: User) -> None:
    notice = owe(story, nominee, 7)
    due_in = notice.next_attempt_at - timezone.now()
    assert timedelta(seconds=10) < due_in <= HOLD
    send_due()
    assert mail.outbox == []
    after_the_hold()
    assert len(mail.outbox) == 1


def test_each_occasion_is_told_once(story: Story, nominee: User) -> None:
    for occasion in (7, 7, 8):
        owe(story, nominee, occasion)
        after_the_hold()
    assert states() == [(7, State.SENT), (8, State.SENT)]
    assert len(mail.outbox) == 2


def test_what_is_done_again_at_once_is_told_once(story: Story, nominee: User) -> None:
    owe(story, nominee, 7)
    owe(story, nominee, 8)
    after_the_hold()
    assert states() == [(7, State.LAPSED), (8, State.SENT)]
    assert len(mail.outbox) == 1


def test_what_is_done_again_to_others_leaves_theirs(
    story: Story, nominee: User, stranger: User
) -> None:
    owe(story, stranger, 7)
    owe(story, nominee, 8)
    after_the_hold()
    assert states() == [(7, State.SENT), (8, State.SENT)]


def test_a_notice_that_lapsed_is_due_again_after_another_wait(
    story: Story, nominee: User, culture_lead: User
) -> None:
    lapse(owe(story, nominee, 7), culture_lead)
    owe(story, nominee, 7)
    assert states() == [(7, State.PENDING)]
    send_due()
    assert mail.outbox == []
    after_the_hold()
    assert len(mail.outbox) == 1


def test_a_notice_that_lapsed_stays_so_when_another_occasion_is_told(
    story: Story, nominee: User, culture_lead: User
) -> None:
    lapse(owe(story, nominee, 7), culture_lead)
    owe(story, nominee, 8)
    assert states() == [(7, State.LAPSED), (8, State.PENDING)]


def test_the_release_before_writes_notices_without_an_occasion(story: Story, nominee: User) -> None:
    columns = (
        "person_id, story_id, kind, state, created_at, next_attempt_at, attempts, message_id, error"
    )
    with connection.cursor() as cursor:
        for kind in (Kind.CELEBRATED, Kind.VOICED):
            cursor.execute(
                f"INSERT INTO notices_notice ({columns}) SELECT person_id, story_id, %s, state,"
                " created_at, next_attempt_at, attempts, message_id, error FROM notices_notice"
                " WHERE kind = %s ON CONFLICT DO NOTHING",
                [kind.value, Kind.CELEBRATED.value],
            )
    told = Notice.objects.order_by("kind").values_list("kind", "occasion")
    assert list(told) == [("celebrated", 0), ("voiced", 0)]
