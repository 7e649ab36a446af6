"""What Kudos itself decided and why: stored in English, shown in the reader's language."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from accounts.models import User
from stories.digests import reasons
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.desk.progress import progress
from stories.digests.desk.timeline import timeline, why
from stories.digests.models import Edition
from stories.digests.reasons import NO_ANSWER, REASONS, TOO_LATE, said
from stories.digests.vetting import vet
from tests.digests.desk import become
from tests.digests.desk_pages import DESK, over, settle, url
from tests.digests.test_pace import more_readers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def another_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """In which each of our sentences stands between angle quotes."""
    monkeypatch.setattr(reasons, "_", lambda sentence: f"‹{sentence}›")


def fail_early(edition: Edition) -> None:
    more_readers(edition, 56)
    settle(edition, failed=5)
    vet(edition)
    edition.refresh_from_db()


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_is_translated_with_its_figures(reason: str) -> None:
    stored = reason % {"failed": 7, "tried": 12}
    assert said(stored) == f"‹{stored}›"


@pytest.mark.parametrize(
    "note",
    ["", "550 5.1.1 no such user", f"He said: {TOO_LATE}", "x of the first 5 copies failed."],
)
def test_what_somebody_else_said_stays_as_it_is(note: str) -> None:
    assert said(note) == note


def test_the_status_says_why_it_paused_itself(edition: Edition) -> None:
    fail_early(edition)
    assert progress(edition).paused_why == "‹5 of the first 5 copies failed.›"


def test_the_letter_says_why_it_paused_itself(edition: Edition, culture_lead: User) -> None:
    fail_early(edition)
    send_due_desk_mails()
    assert "‹5 of the first 5 copies failed.›" in str(mail.outbox[0].body)


def test_history_says_why_it_was_given_up(edition: Edition, as_culture_lead: Client) -> None:
    edition.abort(by=None, note=TOO_LATE)
    assertContains(as_culture_lead.get(f"{DESK}history/"), f"‹{TOO_LATE}›")


def test_why_did_i_not_get_it_says_why_it_was_given_up(edition: Edition, stranger: User) -> None:
    edition.abort(by=None, note=TOO_LATE)
    assert f"‹{TOO_LATE}›" in why(stranger, edition)
    assert f"‹{TOO_LATE}›" in timeline(stranger, edition)[-1].sentence


def test_why_did_i_not_get_it_says_what_kept_a_copy(edition: Edition, stranger: User) -> None:
    copy = edition.deliveries.get(person=stranger)
    later = timezone.now() + timedelta(minutes=5)
    become(copy, "retry", error=NO_ANSWER, next_attempt_at=later)
    assert f"‹{NO_ANSWER}›" in why(stranger, edition)


def test_the_list_of_people_says_what_became_of_a_copy(
    edition: Edition, as_culture_lead: Client
) -> None:
    over(edition, sent=3, uncertain=1)
    edition.deliveries.update(error=NO_ANSWER)
    address = url("edition", edition=edition)
    assertContains(as_culture_lead.get(f"{address}?state=uncertain"), f"‹{NO_ANSWER}›")
