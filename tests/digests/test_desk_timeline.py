"""What happened to one person's copies, and why somebody has none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.changes import remembered
from accounts.models import History, User
from stories.digests.desk.timeline import answers, timeline, why
from stories.digests.models import Delivery, Edition, EditionState, MailEvent
from tests.digests.desk import become
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

ADDRESS = "sam@company.example"


@pytest.fixture
def copy(edition: Edition, stranger: User) -> Delivery:
    return edition.deliveries.get(person=stranger)


def test_without_a_row_whoever_joined_later_is_told_so(edition: Edition) -> None:
    Edition.objects.update(cutoff_at=timezone.now() - timedelta(hours=1))
    edition.refresh_from_db()
    person = UserFactory()
    assert why(person, edition).startswith("They came to Kudos on ")
    assert [moment.sentence for moment in timeline(person, edition)] == ["They came to Kudos."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"is_active": False}, "They do not work here any more."),
        ({"digest": "off"}, "They have stopped the digest."),
        ({"email": None, "employee_id": "W-1"}, "They have no email address in Kudos."),
    ],
)
def test_without_a_row_it_says_why_they_get_none(
    edition: Edition, change: dict[str, object], said: str
) -> None:
    person = UserFactory(date_joined=timezone.now() - timedelta(days=400))
    User.objects.filter(pk=person.pk).update(**change)
    person.refresh_from_db()
    assert why(person, edition) == said


def test_without_a_row_a_change_since_explains_it(edition: Edition, culture_lead: User) -> None:
    person = UserFactory(digest="off", date_joined=timezone.now() - timedelta(days=400))
    with remembered("change preferences", person, ["digest"], by=person):
        person.digest = "weekly"
        person.save()
    assert why(person, edition).startswith("They did not get the digest until ")


def test_what_was_noted_when_they_were_added_is_no_change(edition: Edition) -> None:
    person = UserFactory(date_joined=timezone.now() - timedelta(days=400))
    noted = {"digest": "weekly", "is_active": True, "email": person.email}
    History.objects.record("import", person, actor=None, after=noted)
    assert timeline(person, edition) == []


def test_without_a_row_and_a_reason_it_admits_that(edition: Edition) -> None:
    person = UserFactory(date_joined=timezone.now() - timedelta(days=400))
    assert why(person, edition).endswith("Nothing tells why.")


def test_before_the_first_hour_there_is_no_copy_yet(frozen: Edition, stranger: User) -> None:
    assert why(stranger, frozen).startswith("No copy is made yet")


def test_an_edition_given_up_before_it_left_says_why(
    frozen: Edition, stranger: User, culture_lead: User
) -> None:
    frozen.abort(by=culture_lead, note="Nobody was ready")
    assert why(stranger, frozen) == (
        "The edition was given up before any copy was made: “Nobody was ready”."
    )


def test_moments_come_in_their_order(copy: Delivery) -> None:
    now = timezone.now()
    become(copy, "sent", due_at=now - timedelta(hours=2), started_at=now, attempts=2, sent_at=now)
    MailEvent.objects.create(delivery=copy, kind="bounced", event="1", text="full")
    told = timeline(copy.person, copy.edition)
    assert [moment.at for moment in told] == sorted(moment.at for moment in told)
    assert [moment.sentence for moment in told] == [
        "Their hour came.",
        "It was handed to the mail server; this was attempt 2.",
        f"The mail server took it for {ADDRESS}.",
        "Came back: “full”.",
    ]


def test_more_editions_cost_no_more_queries(copy: Delivery, stranger: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            answers(stranger, list(Edition.objects.all()))
        return len(captured)

    queries()
    few = queries()
    for weeks in range(1, 6):
        older = Edition.objects.create(
            week_start=copy.edition.week_start - timedelta(weeks=weeks),
            cutoff_at=timezone.now(),
            state=EditionState.SENT,
        )
        row = older.deliveries.create(person=stranger, address=ADDRESS, due_at=timezone.now())
        MailEvent.objects.create(delivery=row, kind="bounced", event=str(weeks))
    assert queries() == few
