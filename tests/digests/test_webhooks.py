"""What a mail service tells of a copy after it has taken it."""

import base64
from typing import Any

import pytest
from django.test import Client

from accounts.models import DigestChoice, User
from stories.digests.models import Delivery, MailEvent, Suppression
from stories.digests.verp import reference
from tests.digests.webhooks import (
    PASSWORD,
    POSTMARK,
    failure,
    signed,
    suppressed,
    tell,
)


@pytest.mark.usefixtures("mailgun")
def test_a_mailbox_that_does_not_exist_is_suppressed(client: Client, copy: Delivery) -> None:
    assert tell(client, signed(failure(copy))) == 200
    event = MailEvent.objects.get(delivery=copy)
    assert (event.kind, event.code, event.text) == ("bounced", "5.1.1", "5.1.1 no such user")
    assert suppressed() == [copy.address]


@pytest.mark.usefixtures("mailgun")
def test_any_other_failure_is_noted_and_suppresses_nothing(client: Client, copy: Delivery) -> None:
    assert tell(client, signed(failure(copy, "5.2.2 mailbox full"))) == 200
    assert MailEvent.objects.get(delivery=copy).code == "5.2.2"
    assert suppressed() == []


@pytest.mark.usefixtures("mailgun")
def test_a_failure_for_now_is_noted_nowhere(client: Client, copy: Delivery) -> None:
    assert tell(client, signed(failure(copy, severity="temporary"))) == 200
    assert not MailEvent.objects.exists()


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize("event", ["delivered", "opened", "clicked", "something new"])
def test_what_readers_do_with_a_copy_is_noted_nowhere(
    client: Client, copy: Delivery, event: str
) -> None:
    assert tell(client, signed(failure(copy, event=event, severity=None))) == 200
    assert not MailEvent.objects.exists()


@pytest.mark.usefixtures("mailgun")
def test_a_complaint_suppresses_the_address(client: Client, copy: Delivery) -> None:
    assert tell(client, signed(failure(copy, "", event="complained", severity=None))) == 200
    assert MailEvent.objects.get(delivery=copy).kind == "complained"
    assert Suppression.objects.get().reason == "The reader reported it as unwanted."


@pytest.mark.usefixtures("mailgun")
def test_whoever_unsubscribed_there_gets_no_digest_any_more(client: Client, copy: Delivery) -> None:
    assert tell(client, signed(failure(copy, "", event="unsubscribed", severity=None))) == 200
    assert MailEvent.objects.get(delivery=copy).kind == "unsubscribed"
    assert User.objects.get(pk=copy.person_id).digest == DigestChoice.OFF
    assert suppressed() == []


@pytest.mark.usefixtures("mailgun")
def test_what_is_told_again_changes_nothing(client: Client, copy: Delivery) -> None:
    tell(client, signed(failure(copy)))
    Suppression.objects.all().delete()
    assert tell(client, signed(failure(copy))) == 200
    assert MailEvent.objects.count() == 1
    assert suppressed() == []


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize("name", ["", "1", "1.0123456789abcdef", None, 7, ["x"]])
def test_another_apps_mail_changes_nothing(client: Client, copy: Delivery, name: Any) -> None:
    told = failure(copy) | {"user-variables": {"delivery": name}}
    assert tell(client, signed(told)) == 200
    assert not MailEvent.objects.exists()


@pytest.mark.usefixtures("postmark")
def test_an_address_that_is_none_is_suppressed(client: Client, copy: Delivery) -> None:
    told = {
        "RecordType": "Bounce",
        "Type": "BadEmailAddress",
        "Email": copy.address,
        "Metadata": {"delivery": reference(copy)},
    }
    shown = f"Basic {base64.b64encode(PASSWORD.encode()).decode()}"
    for _again in range(2):
        assert tell(client, told, POSTMARK, authorization=shown) == 200
    assert suppressed() == [copy.address]
    assert MailEvent.objects.count() == 1
