"""What happened to a copy that was refused, sent again, or sent at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from stories.digests.desk.resending import resend, resend_to
from stories.digests.desk.timeline import timeline
from stories.digests.models import Delivery, Edition
from tests.digests.desk import become

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def copy(edition: Edition, stranger: User) -> Delivery:
    """Refused an hour ago, at its reader's own hour."""
    Edition.objects.update(at_once=None)
    at = timezone.now() - HOUR
    copy = edition.deliveries.get(person=stranger)
    become(copy, "failed", due_at=at, started_at=at, attempts=1, code="5.7.1", error="Not today")
    return copy


def sentences(copy: Delivery) -> list[str]:
    told = timeline(copy.person, Edition.objects.get(pk=copy.edition_id))
    return [moment.sentence for moment in told]


def test_what_was_sent_at_once_did_not_wait_for_an_hour(edition: Edition, stranger: User) -> None:
    told = sentences(edition.deliveries.get(person=stranger))
    assert told == ["The edition was sent at once, whatever the hour was where they live."]


@pytest.mark.parametrize(
    ("state", "code", "said"),
    [
        ("failed", "5.7.1", "The mail server refused it: “Not today”."),
        ("failed", "unrenderable", "It could not be written: “Not today”."),
        ("retry", "4.7.1", "The mail server could not take it yet: “Not today”."),
        ("uncertain", "", "The mail server took it and did not answer."),
    ],
)
def test_what_an_attempt_came_to_is_told(copy: Delivery, state: str, code: str, said: str) -> None:
    become(copy, state, code=code)
    assert sentences(copy) == [
        "Their hour came.",
        "It was handed to the mail server; this was attempt 1.",
        said,
    ]


def test_the_attempt_before_one_copy_was_sent_again_is_kept(
    copy: Delivery, culture_lead: User
) -> None:
    Edition.objects.update(state="sent")
    resend_to(Delivery.objects.get(pk=copy.pk), by=culture_lead)
    assert sentences(copy) == [
        "The mail server refused it: “Not today”.",
        "A culture lead had it sent again.",
    ]


def test_one_of_many_that_were_sent_again_says_so(copy: Delivery, culture_lead: User) -> None:
    Edition.objects.update(state="sent")
    resend(copy.edition, "failed", by=culture_lead)
    assert sentences(copy) == ["A culture lead had it sent again."]


def test_whose_copy_was_not_sent_again_is_told_nothing_of_it(
    copy: Delivery, culture_lead: User, teller: User
) -> None:
    Edition.objects.update(state="sent")
    other = copy.edition.deliveries.get(person=teller)
    become(other, "sent", due_at=timezone.now() - HOUR)
    resend(copy.edition, "failed", by=culture_lead)
    assert sentences(other) == ["Their hour came."]
