"""A bad edition stops early, and culture leads hear of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import History, User
from stories.digests import batch
from stories.digests.desk.posting import send_due_desk_mails
from stories.digests.drain import drain
from stories.digests.models import Delivery, DeskMail, Edition
from tests.digests.conftest import states
from tests.digests.mailserver import MailServer
from tests.digests.test_pace import more_readers

REFUSAL = "550 5.7.1 We do not like this"


class Refusing(dict[str, str]):
    """Refuses everybody but those whom it lets through."""

    def __init__(self, through: int) -> None:
        self.through = through

    def __contains__(self, address: object) -> bool:
        self.through -= 1
        return self.through < 0

    def __missing__(self, address: str) -> str:
        return REFUSAL


def failed(edition: Edition) -> int:
    return list(states(edition).values()).count("failed")


def test_five_failures_among_the_first_fifth_pause_the_edition(
    edition: Edition, server: MailServer, culture_lead: User
) -> None:
    more_readers(edition, 56)
    server.refuse = Refusing(0)
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert edition.deliveries.filter(state="failed").count() == 5
    assert "5 of the first 5" in History.objects.about(edition).get(verb="pause").note


def test_culture_leads_are_owed_a_mail_about_it(
    edition: Edition, server: MailServer, culture_lead: User, leaver: User
) -> None:
    User.objects.filter(pk=leaver.pk).update(is_culture_lead=True)
    more_readers(edition, 56)
    server.refuse = Refusing(0)
    drain(edition)
    owed = DeskMail.objects.get()
    assert (owed.person, owed.kind, owed.edition) == (culture_lead, "paused", edition)
    assert "5 of the first 5" in owed.note
    assert mail.outbox == []


def test_failures_after_the_first_share_stop_nothing(edition: Edition, server: MailServer) -> None:
    more_readers(edition, 56)
    server.refuse = Refusing(13)
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is None
    assert edition.state == "sent"
    assert edition.deliveries.filter(state="failed").count() == 47


def test_once_resumed_it_is_not_paused_for_the_same_again(
    edition: Edition, server: MailServer, culture_lead: User
) -> None:
    more_readers(edition, 56)
    server.refuse = Refusing(0)
    drain(edition)
    edition.resume(by=culture_lead)
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is None
    assert edition.deliveries.filter(state="failed").count() == 60


def test_copies_that_cannot_be_made_count_too(
    edition: Edition, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    more_readers(edition, 56)
    monkeypatch.setattr(batch.Shared, "copy_for", lambda self, reader: 1 / 0)
    drain(edition)
    edition.refresh_from_db()
    assert edition.paused_at is not None
    assert server.taken == []


def test_a_copy_of_unknown_fate_that_fails_later_stays_unknown(
    edition: Edition, server: MailServer
) -> None:
    server.drop.add("sam@company.example")
    Delivery.objects.exclude(address="sam@company.example").delete()
    drain(edition)
    past = timezone.now() - timedelta(seconds=1)
    edition.deliveries.update(next_attempt_at=past)
    batch.Relay.objects.update(open_until=past)
    server.refuse["sam@company.example"] = REFUSAL
    drain(edition)
    row = edition.deliveries.get()
    assert (row.state, row.code) == ("uncertain", "550 5.7.1")


def test_an_edition_that_nobody_could_get_is_given_up_and_leads_hear_of_it(
    edition: Edition, server: MailServer, culture_lead: User
) -> None:
    server.refuse = Refusing(0)
    drain(edition)
    edition.refresh_from_db()
    assert edition.state == "aborted"
    owed = DeskMail.objects.get()
    assert (owed.person, owed.kind) == (culture_lead, "given_up")
    send_due_desk_mails()
    [letter] = mail.outbox
    assert letter.to == [culture_lead.email]
    assert "No copy reached anybody." in letter.body


def test_news_of_an_edition_that_is_sent_after_all_lapses(
    edition: Edition, server: MailServer, culture_lead: User
) -> None:
    server.refuse = Refusing(0)
    drain(edition)
    Edition.objects.update(state="sending")
    send_due_desk_mails()
    assert mail.outbox == []
    assert DeskMail.objects.get().state == "lapsed"
