"""What follows when a copy comes back, or its reader complains: `digest bounces < message`."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from accounts.models import DigestChoice, User
from stories.digests.bounces import record, take_report
from stories.digests.drain import drain
from stories.digests.models import Delivery, Edition, MailEvent, MailEventKind, Suppression
from stories.digests.reports import LARGEST, NoReportError
from tests import processes
from tests.digests.mailserver import MailServer
from tests.digests.reports import complaint, exim, postfix
from tests.digests.test_concurrency import at_once


@pytest.fixture
def copy(edition: Edition, folder: Path) -> Delivery:
    """Sam's, which the mail server took."""
    drain(edition)
    return edition.deliveries.get(person__name="Sam Stone")


def suppressed() -> list[str]:
    return list(Suppression.objects.values_list("address", flat=True))


@pytest.mark.parametrize("status", ["5.1.1", "5.1.10"])
def test_an_address_without_a_mailbox_gets_nothing_more(copy: Delivery, status: str) -> None:
    said = take_report(postfix(copy, status=status))
    assert (
        said
        == f"The mail to {copy.address} came back ({status}). Noted; nothing more is sent there."
    )
    assert suppressed() == [copy.address]
    assert "User unknown" in Suppression.objects.get().reason


def test_what_a_mail_server_returns_to_the_envelope_finds_the_copy(
    edition: Edition, server: MailServer, settings: Any
) -> None:
    settings.DIGEST_BOUNCE_DOMAIN = "bounces.company.example"
    drain(edition)
    [taken] = [one for one in server.taken if one.rcpt_tos == ["sam@company.example"]]
    copy = edition.deliveries.get(person__name="Sam Stone")
    take_report(postfix(copy, to=taken.mail_from or "", original_id=""))
    assert MailEvent.objects.get().delivery == copy


def test_what_the_server_said_is_kept(copy: Delivery) -> None:
    take_report(postfix(copy))
    event = MailEvent.objects.get(delivery=copy)
    assert (event.kind, event.code) == ("bounced", "5.1.1")
    assert event.text == f"550 5.1.1 <{copy.address}>: Recipient address rejected: User unknown"


def test_the_copy_stays_sent_because_the_server_took_it(copy: Delivery) -> None:
    take_report(postfix(copy))
    copy.refresh_from_db()
    assert copy.state == "sent"


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.1.1", "5.0.0", ""])
def test_any_other_status_is_noted_and_suppresses_nothing(copy: Delivery, status: str) -> None:
    report = postfix(copy, status="5.2.2").replace(b"Status: 5.2.2", f"Status: {status}".encode())
    take_report(report)
    assert MailEvent.objects.count() == 1
    assert suppressed() == []


@pytest.mark.parametrize("action", ["delayed", "relayed", "delivered", "expanded"])
def test_what_did_not_fail_is_noted_nowhere(copy: Delivery, action: str) -> None:
    said = take_report(postfix(copy, action=action, status="5.1.1"))
    assert said.endswith(f"is {action}. There is nothing to note.")
    assert not MailEvent.objects.exists()
    assert suppressed() == []


def test_a_server_that_hides_the_status_in_its_words_is_understood(copy: Delivery) -> None:
    take_report(exim(copy))
    assert MailEvent.objects.get().code == "5.1.1"
    assert suppressed() == [copy.address]


def test_a_number_that_only_looks_like_a_status_is_none(copy: Delivery) -> None:
    take_report(exim(copy, said="550 rejected, 5.1.1.20 is on a list"))
    assert MailEvent.objects.get().code == "5.0.0"
    assert suppressed() == []


def test_the_same_report_again_changes_nothing(copy: Delivery) -> None:
    take_report(postfix(copy))
    Suppression.objects.all().delete()
    assert take_report(postfix(copy)).endswith("This was noted before.")
    assert MailEvent.objects.count() == 1
    assert suppressed() == []


def test_a_report_without_a_name_is_known_again_by_its_bytes(copy: Delivery) -> None:
    report = postfix(copy, message_id="")
    take_report(report)
    take_report(report)
    assert MailEvent.objects.count() == 1


def test_reports_of_two_copies_may_bear_one_name(edition: Edition, copy: Delivery) -> None:
    other = edition.deliveries.get(person__name="Ana Lima")
    take_report(postfix(copy))
    take_report(postfix(other))
    assert set(suppressed()) == {copy.address, other.address}


def test_one_dead_mailbox_behind_a_shared_address_does_not_suppress_it(copy: Delivery) -> None:
    take_report(postfix(copy, recipient="one.of.many@elsewhere.example"))
    assert MailEvent.objects.count() == 1
    assert suppressed() == []


def test_without_a_bounce_domain_the_returned_mail_names_the_copy(copy: Delivery) -> None:
    take_report(postfix(copy, to="kudos@company.example"))
    assert MailEvent.objects.get().delivery == copy


@pytest.mark.django_db(transaction=True)
def test_a_report_told_four_times_at_once_is_noted_once(edition: Edition) -> None:
    copy = edition.deliveries.get(person__name="Sam Stone")
    said = at_once(lambda: take_report(postfix(copy)), times=4)
    assert sum(one.endswith("Noted; nothing more is sent there.") for one in said) == 1
    assert MailEvent.objects.count() == 1
    assert suppressed() == [copy.address]


@pytest.mark.parametrize(
    ("to", "original_id"),
    [
        ("bounce-1.0123456789abcdef@bounces.company.example", ""),
        ("somebody@company.example", "<0123456789abcdef0123456789abcdef@company.example>"),
        ("somebody@company.example", "<somebody.elses@mail.example>"),
        ("somebody@company.example", ""),
    ],
)
def test_a_report_about_no_mail_of_ours_changes_nothing(
    copy: Delivery, to: str, original_id: str
) -> None:
    with pytest.raises(NoReportError, match="about no mail of ours"):
        take_report(postfix(copy, to=to, original_id=original_id))
    assert not MailEvent.objects.exists()


def test_a_forged_address_is_not_believed(copy: Delivery) -> None:
    """The right key with another's random half."""
    forged = f"bounce-{copy.pk:x}.{'0' * 16}@bounces.company.example"
    with pytest.raises(NoReportError, match="about no mail of ours"):
        take_report(postfix(copy, to=forged, original_id=""))


def test_a_copy_of_long_ago_is_not_searched_for_by_its_message_id(copy: Delivery) -> None:
    for day in range(1, 5):
        Edition.objects.create(week_start=f"2030-01-{7 * day:02}", cutoff_at="2030-01-01T00:00Z")
    with pytest.raises(NoReportError, match="about no mail of ours"):
        take_report(postfix(copy, to="kudos@company.example"))
    take_report(postfix(copy))


@pytest.mark.parametrize("kind", ["abuse", "fraud"])
def test_a_complaint_suppresses_the_address_and_says_why(copy: Delivery, kind: str) -> None:
    said = take_report(complaint(copy, kind))
    assert said == f"{copy.address} complained. Noted; nothing more is sent there."
    assert MailEvent.objects.get(delivery=copy).kind == "complained"
    assert Suppression.objects.get().reason == "The reader reported it as unwanted."


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure", "virus", ""])
def test_a_machines_feedback_is_no_readers_complaint(copy: Delivery, kind: str) -> None:
    with pytest.raises(NoReportError, match="no reader's complaint"):
        take_report(complaint(copy, kind))
    assert suppressed() == []


def test_whoever_unsubscribed_at_the_provider_gets_no_digest_any_more(copy: Delivery) -> None:
    record(copy, MailEventKind.UNSUBSCRIBED, source="Provider", name="1")
    assert User.objects.get(pk=copy.person_id).digest == DigestChoice.OFF
    assert suppressed() == []


def run(path: Path) -> str:
    out = StringIO()
    call_command("digest", "bounces", str(path), stdout=out)
    return out.getvalue()


def test_the_command_reads_a_file(copy: Delivery, tmp_path: Path) -> None:
    mail = tmp_path / "report.eml"
    mail.write_bytes(postfix(copy))
    assert run(mail).endswith("Noted; nothing more is sent there.\n")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no report of a mail server"),
        (b"Subject: I am on holiday\n\nUntil Monday.\n", "no report of a mail server"),
        (b"x" * (LARGEST + 1), "larger than any report"),
    ],
)
def test_the_command_says_what_is_wrong(content: bytes, sentence: str, tmp_path: Path) -> None:
    mail = tmp_path / "report.eml"
    mail.write_bytes(content)
    with pytest.raises(CommandError, match=sentence) as failed:
        run(mail)
    assert failed.value.returncode == 1


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.eml")


@pytest.mark.django_db(transaction=True)
def test_the_command_takes_what_a_mail_server_pipes_in(tmp_path: Path) -> None:
    finished = subprocess.run(
        [sys.executable, "manage.py", "digest", "bounces"],
        input=b"Subject: not a report\n\nHello.\n",
        env=processes.environment(),
        capture_output=True,
        check=False,
    )
    assert finished.returncode == 1
    assert finished.stderr.decode() == "CommandError: This is no report of a mail server.\n"


def test_a_mail_server_keeps_the_report_while_the_database_is_down(
    copy: Delivery, tmp_path: Path
) -> None:
    def is_down(*words: Any) -> None:
        raise OperationalError

    mail = tmp_path / "report.eml"
    mail.write_bytes(postfix(copy))
    with connection.execute_wrapper(is_down), pytest.raises(CommandError) as failed:
        run(mail)
    assert failed.value.returncode == os.EX_TEMPFAIL
