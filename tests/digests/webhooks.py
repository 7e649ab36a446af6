"""What the tests of webhooks share: two mail services, and what they tell of a copy."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from django.test import Client

from kudos.lib import mail
from stories.digests.models import Delivery, Suppression
from stories.digests.verp import reference

MAILGUN = "/digest/anymail/mailgun/tracking/"
POSTMARK = "/digest/anymail/postmark/tracking/"
KEY = "s1gning-key"
PASSWORD = "webhooks:pa55word"


def leaves_through(url: str, settings: Any) -> None:
    settings.MAILERS = settings.MAILERS | {"digest": mail.mailer(url, folder=Path())}
    settings.ANYMAIL = mail.anymail(url)


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
