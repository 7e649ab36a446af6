"""What a mail service tells of a copy after it has taken it."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
from anymail import urls
from anymail.exceptions import AnymailConfigurationError, AnymailInsecureWebhookWarning
from django.test import Client

from accounts.models import DigestChoice, User
from kudos.lib import mail
from stories.digests.models import Delivery, Edition, MailEvent, Suppression
from stories.digests.verp import reference

MAILGUN = "/digest/anymail/mailgun/tracking/"
POSTMARK = "/digest/anymail/postmark/tracking/"
KEY = "s1gning-key"
PASSWORD = "webhooks:pa55word"
# Those that anymail knows, but for two that want packages or keys besides.
SERVICES = {
    route.name.removesuffix("_tracking_webhook")
    for route in urls.urlpatterns
    if route.name.endswith("_tracking_webhook")
} - {"amazon_ses", "unisender_go"}


@pytest.fixture
def copy(edition: Edition) -> Delivery:
    Delivery.objects.update(state="sent", next_attempt_at=None)
    return edition.deliveries.get(person__name="Sam Stone")


def leaves_through(url: str, settings: Any) -> None:
    settings.MAILERS = settings.MAILERS | {"digest": mail.mailer(url, folder=Path())}
    settings.ANYMAIL = mail.anymail(url)


@pytest.fixture
def mailgun(settings: Any) -> None:
    leaves_through(f"anymail+mailgun://?api_key=k&webhook_signing_key={KEY}", settings)


@pytest.fixture
def postmark(settings: Any) -> None:
    leaves_through(f"anymail+postmark://?server_token=t&webhook_secret={PASSWORD}", settings)


def signed(event: dict[str, Any], key: str = KEY, token: str = "t" * 50) -> dict[str, Any]:
    """Mailgun's scheme: HMAC-SHA256 of timestamp and token."""
    told = hmac.new(key.encode(), f"1700000000{token}".encode(), hashlib.sha256).hexdigest()
    signature = {"timestamp": "1700000000", "token": token, "signature": told}
    return {"signature": signature, "event-data": event}


def failure(copy: Delivery, said: str = "5.1.1 no such user", **more: Any) -> dict[str, Any]:
    """A lasting failure in Mailgun's words."""
    return {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "timestamp": 1700000000.5,
        "recipient": copy.address,
        "delivery-status": {"code": 550, "message": said},
        "message": {"headers": {"message-id": copy.message_id.strip("<>")}},
        "user-variables": {"delivery": reference(copy)},
        **more,
    }


def tell(client: Client, told: Any, page: str = MAILGUN, **headers: str) -> int:
    response = client.post(page, json.dumps(told), content_type="application/json", headers=headers)
    return response.status_code


def suppressed() -> list[str]:
    return list(Suppression.objects.values_list("address", flat=True))


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


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize("key", ["", "another", KEY.upper()])
def test_a_wrong_signature_is_refused(
    client: Client, copy: Delivery, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert tell(client, signed(failure(copy), key=key)) == 400
    assert not MailEvent.objects.exists()
    assert KEY not in caplog.text


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        7,
        "x",
        {},
        {"signature": None},
        {"signature": "x"},
        {"signature": {"token": "é", "timestamp": "1", "signature": "x"}},
        {"signature": {"token": [], "timestamp": {}, "signature": 7}},
    ],
)
def test_what_is_unsigned_or_garbled_is_refused(client: Client, db: None, told: Any) -> None:
    assert tell(client, told) == 400


@pytest.mark.usefixtures("mailgun")
@pytest.mark.parametrize("event", [None, "x", {}, {"event": "failed", "timestamp": "x"}])
def test_what_is_signed_and_garbled_is_refused(client: Client, db: None, event: Any) -> None:
    assert tell(client, signed(event)) == 400


@pytest.mark.usefixtures("mailgun")
def test_what_is_no_json_is_refused(client: Client, db: None) -> None:
    for content, kind in ((b"\xff{", "application/json"), (b"a=b", "text/plain"), (b"", "x/y")):
        assert client.post(MAILGUN, content, content_type=kind).status_code == 400


@pytest.mark.usefixtures("postmark")
def test_a_service_that_signs_nothing_shows_a_password(client: Client, copy: Delivery) -> None:
    bounce = {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": "HardBounce",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": copy.address,
        "BouncedAt": "2026-11-22T09:00:00Z",
        "Metadata": {"delivery": reference(copy)},
    }
    shown = f"Basic {base64.b64encode(PASSWORD.encode()).decode()}"
    wrong = f"Basic {base64.b64encode(b'webhooks:guess').decode()}"
    assert tell(client, bounce, POSTMARK) == 400
    assert tell(client, bounce, POSTMARK, authorization=wrong) == 400
    assert not MailEvent.objects.exists()
    assert tell(client, bounce, POSTMARK, authorization=shown) == 200
    assert suppressed() == [copy.address]


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


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smtp://127.0.0.1",
        "anymail+mailgun://?api_key=k",
        "anymail+mailgun://?api_key=k&webhook_secret=u:p",
        "anymail+mailgun://?api_key=k&webhook_signing_key=",
        "anymail+mailgun://?api_key=k&webhook_key=x",
        f"anymail+postmark://?server_token=t&webhook_signing_key={KEY}",
        f"anymail+postmark://?server_token=t&webhook_secret={PASSWORD}",
        "anymail+test://?webhook_secret=u:p",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_a_service_that_is_not_ours_or_proves_nothing_finds_no_page(
    client: Client, company: object, settings: Any, url: str, method: str
) -> None:
    leaves_through(url, settings)
    for esp in ("mailgun", "console", "test", "mandrill"):
        page = f"/digest/anymail/{esp}/tracking/"
        assert getattr(client, method)(page).status_code == 404


@pytest.mark.usefixtures("mailgun")
def test_nobody_needs_to_be_signed_in_or_have_a_form_to_tell(copy: Delivery) -> None:
    assert tell(Client(enforce_csrf_checks=True), signed(failure(copy))) == 200


@pytest.mark.usefixtures("mailgun")
def test_a_service_that_looks_whether_the_page_is_there_finds_it(
    client: Client, company: object
) -> None:
    assert client.head(MAILGUN).status_code == 200
    assert client.get(MAILGUN).status_code == 405


@pytest.mark.parametrize("esp", sorted(SERVICES))
def test_what_each_service_has_to_prove_is_what_anymail_takes_as_proof(
    esp: str, settings: Any
) -> None:
    """Without the option that we ask for, anymail itself calls the webhook insecure or unfinished;
    with it, it does not."""
    [view] = [
        r.callback.view_class for r in urls.urlpatterns if r.name == f"{esp}_tracking_webhook"
    ]
    signing = mail.SIGNING_OPTIONS.get(esp, "")
    with catch_warnings():
        simplefilter("ignore")
        simplefilter("error", AnymailInsecureWebhookWarning)
        settings.ANYMAIL = {}
        if esp != "mandrill":  # It complains only once it is called.
            with pytest.raises((AnymailInsecureWebhookWarning, AnymailConfigurationError)):
                view()
        settings.ANYMAIL = {f"{esp}_{signing}".upper() if signing else "WEBHOOK_SECRET": "eA=="}
        try:
            view()
        except ValueError:
            assert esp == "sendgrid"  # It reads its key at once, and this is none.
