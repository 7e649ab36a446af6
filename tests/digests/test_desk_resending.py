"""Sending again what failed, or of which nobody knows."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Company, History, User
from accounts.models.company import QuietWeek
from stories.digests.desk.errors import DeskError
from stories.digests.desk.resending import may_resend, resend, resend_to
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, EditionState, Suppression
from stories.digests.models.claiming import take
from stories.models import Story
from tests.digests.conftest import states
from tests.digests.desk import done_to, in_state
from tests.digests.mailserver import MailServer, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(edition: Edition, stranger: User) -> Edition:
    """Sent yesterday: the stranger's copy failed, the teller's is in doubt, the rest arrived."""
    yesterday = timezone.now() - timedelta(days=1)
    edition.deliveries.update(
        state="sent", next_attempt_at=None, due_at=yesterday, attempts=1, version=edition.version
    )
    copy_of(edition, "Sam").update(state="failed", error="5.7.1 not today", attempts=6)
    copy_of(edition, "Ana").update(state="uncertain", resends=1)
    return in_state(edition, EditionState.SENT)


def copy_of(edition: Edition, first_name: str) -> QuerySet[Delivery]:
    return edition.deliveries.filter(person__name__startswith=first_name)


def test_what_failed_leaves_again(over: Edition, culture_lead: User, folder: Path) -> None:
    assert resend(over, "failed", by=culture_lead) == 1
    drain(over)
    assert states(over)["Sam"] == "sent"
    assert len(list(folder.glob("*.eml"))) == 1


def test_the_edition_is_on_its_way_until_they_have_left(
    over: Edition, culture_lead: User, folder: Path
) -> None:
    resend(over, "failed", by=culture_lead)
    assert Edition.objects.get().state == EditionState.SENDING
    drain(over)
    assert Edition.objects.get().state == EditionState.SENT


def test_a_copy_that_failed_gets_all_its_attempts_and_a_new_hour(
    over: Edition, culture_lead: User
) -> None:
    copy_of(over, "Sam").update(due_at=timezone.now() - timedelta(days=3))
    resend(over, "failed", by=culture_lead)
    Delivery.objects.expire()
    copy = copy_of(over, "Sam").get()
    assert (copy.state, copy.attempts, copy.error) == ("pending", 0, "")


def test_a_copy_in_doubt_goes_identical(
    over: Edition, culture_lead: User, server: MailServer
) -> None:
    resend(over, "uncertain", by=culture_lead)
    copy = copy_of(over, "Ana").get()
    assert (copy.state, copy.resends) == ("pending", 2)
    drain(over)
    assert server.message_to("ana@company.example")["Message-ID"] == copy.message_id
    assert copy_of(over, "Ana").get().version == copy.version


def test_a_copy_in_doubt_that_fails_stays_in_doubt(over: Edition, culture_lead: User) -> None:
    resend(over, "uncertain", by=culture_lead)
    [copy] = take(over)
    assert copy.fence(over.version)
    copy.mark_failed("550", "no")
    assert copy_of(over, "Ana").get().state == "uncertain"


def test_what_was_edited_since_is_another_version(
    over: Edition, story: Story, culture_lead: User, server: MailServer
) -> None:
    Company.objects.update(quiet_week=QuietWeek.PROMPT)
    version = over.version
    story.hide(by=culture_lead, note="A name")
    resend(over, "uncertain", by=culture_lead)
    drain(over)
    assert "kayak" not in text_of(server.message_to("ana@company.example"))
    assert copy_of(over, "Ana").get().version == version + 1


def test_a_copy_that_goes_once_more_by_itself_is_left_alone(
    over: Edition, culture_lead: User
) -> None:
    copy_of(over, "Ana").update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert resend(over, "uncertain", by=culture_lead) == 0
    assert copy_of(over, "Ana").get().resends == 1


def test_an_address_without_a_mailbox_gets_nothing_again(over: Edition, culture_lead: User) -> None:
    Suppression.objects.suppress("SAM@company.example", "5.1.1 unknown")
    assert resend(over, "failed", by=culture_lead) == 0


def test_whoever_got_another_address_gets_it_there(
    over: Edition, culture_lead: User, stranger: User, server: MailServer
) -> None:
    Suppression.objects.suppress("sam@company.example", "5.1.1 unknown")
    User.objects.filter(pk=stranger.pk).update(email="sam.stone@company.example")
    resend(over, "failed", by=culture_lead)
    drain(over)
    drain(over)
    assert server.addresses == ["sam.stone@company.example"]


@pytest.mark.parametrize("change", [{"digest": "off"}, {"is_active": False}])
def test_people_who_left_or_unsubscribed_get_nothing_again(
    over: Edition, culture_lead: User, stranger: User, change: dict[str, object]
) -> None:
    User.objects.filter(pk=stranger.pk).update(**change)
    assert resend(over, "failed", by=culture_lead) == 0


def test_nothing_to_send_again_leaves_no_trace(over: Edition, culture_lead: User) -> None:
    copy_of(over, "Sam").update(state="sent")
    before = done_to(over)
    assert resend(over, "failed", by=culture_lead) == 0
    over.refresh_from_db()
    assert (over.state, done_to(over)) == (EditionState.SENT, before)


def test_history_keeps_how_many(over: Edition, culture_lead: User) -> None:
    resend(over, "failed", by=culture_lead)
    row = History.objects.about(over).last()
    assert (row.verb, row.actor, row.after) == ("resend failed", culture_lead, {"copies": 1})


def test_only_the_newest_edition_is_sent_again(over: Edition, culture_lead: User) -> None:
    newer = Edition.objects.create(
        week_start=over.week_start + timedelta(weeks=1),
        cutoff_at=over.cutoff_at,
        state=EditionState.SENT,
    )
    assert (may_resend(over), may_resend(newer)) == (False, True)
    with pytest.raises(DeskError, match="Only the newest"):
        resend(over, "failed", by=culture_lead)


def test_one_that_is_only_planned_is_not_newer(over: Edition) -> None:
    Edition.objects.create(
        week_start=over.week_start + timedelta(weeks=1), cutoff_at=timezone.now()
    )
    assert may_resend(over)


@pytest.mark.parametrize("state", ["planned", "frozen", "aborted"])
def test_what_is_not_on_its_way_is_not_sent_again(
    over: Edition, culture_lead: User, state: str
) -> None:
    in_state(over, EditionState(state))
    with pytest.raises(DeskError):
        resend(over, "failed", by=culture_lead)
    assert states(over)["Sam"] == "failed"


@pytest.mark.parametrize("state", ["failed", "skipped", "expired"])
def test_one_person_s_copy_leaves_again(
    over: Edition, culture_lead: User, folder: Path, state: str
) -> None:
    copy_of(over, "Sam").update(state=state)
    resend_to(copy_of(over, "Sam").get(), by=culture_lead)
    drain(over)
    assert states(over) == states(over) | {"Sam": "sent", "Ana": "uncertain"}
    assert done_to(over)[-1] == "resend to one"


def test_one_person_s_copy_in_doubt_leaves_again(over: Edition, culture_lead: User) -> None:
    resend_to(copy_of(over, "Ana").get(), by=culture_lead)
    assert copy_of(over, "Ana").get().resends == 2


def test_a_copy_that_arrived_is_not_sent_again(over: Edition, culture_lead: User) -> None:
    with pytest.raises(DeskError, match="took the copy for Priya Desai already"):
        resend_to(copy_of(over, "Priya").get(), by=culture_lead)


def test_a_copy_that_is_still_to_leave_is_not_hurried(over: Edition, culture_lead: User) -> None:
    copy_of(over, "Sam").update(state="retry", next_attempt_at=timezone.now())
    with pytest.raises(DeskError, match="still to leave"):
        resend_to(copy_of(over, "Sam").get(), by=culture_lead)


def test_one_person_without_a_mailbox_says_so(over: Edition, culture_lead: User) -> None:
    Suppression.objects.suppress("sam@company.example", "5.1.1 unknown")
    with pytest.raises(DeskError, match="Sam Stone gets no digest for now"):
        resend_to(copy_of(over, "Sam").get(), by=culture_lead)


def test_one_person_s_copy_of_an_older_edition_is_not_sent_again(
    over: Edition, culture_lead: User
) -> None:
    Edition.objects.create(
        week_start=over.week_start + timedelta(weeks=1),
        cutoff_at=over.cutoff_at,
        state=EditionState.SENDING,
    )
    with pytest.raises(DeskError, match="Only the newest"):
        resend_to(copy_of(over, "Sam").get(), by=culture_lead)
