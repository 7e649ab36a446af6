"""Whom the page for mail services believes: what is signed, or shows the password."""

import base64
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
from anymail import urls
from anymail.exceptions import AnymailConfigurationError, AnymailInsecureWebhookWarning
from django.test import Client

from kudos.lib import mail
from stories.digests.models import Delivery, MailEvent
from stories.digests.verp import reference
from tests.digests.webhooks import (
    KEY,
    MAILGUN,
    PASSWORD,
    POSTMARK,
    failure,
    leaves_through,
    signed,
    suppressed,
    tell,
)

# Those that anymail knows, but for two that want packages or keys besides.
SERVICES = {
    route.name.removesuffix("_tracking_webhook")
    for route in urls.urlpatterns
    if route.name.endswith("_tracking_webhook")
} - {"amazon_ses", "unisender_go"}


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
