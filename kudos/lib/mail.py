"""Mail: from one address in the environment to Django's MAILERS, and the file transport."""

from collections.abc import Sequence
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, make_msgid
from django.core.mail.backends.base import BaseEmailBackend

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SOCKET_TIMEOUT_SECONDS = 20


def mailer(url: str, *, folder: Path) -> dict[str, Any]:
    """One entry of MAILERS from an address; an empty one writes .eml files into `folder`.

    `smtp://host:25`, `smtp+tls://user:password@host:587` (STARTTLS) and
    `smtps://user:password@host:465` (TLS from the first byte) speak SMTP.
    `anymail+NAME://?key=value` is django-anymail's backend of that name, with those options.
    Raises ImproperlyConfigured for any other scheme, without repeating the address, which
    holds a password.
    """
    if not url:
        return {"BACKEND": "kudos.lib.mail.EmlBackend", "OPTIONS": {"folder": folder}}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    options.pop("from", None)
    if parts.scheme in SMTP_PORTS:
        return {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname or "localhost",
                "port": parts.port or SMTP_PORTS[parts.scheme],
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": parts.scheme == "smtp+tls",
                "use_ssl": parts.scheme == "smtps",
                "timeout": SOCKET_TIMEOUT_SECONDS,
            },
        }
    if parts.scheme.startswith("anymail+"):
        esp = parts.scheme.removeprefix("anymail+")
        return {"BACKEND": f"anymail.backends.{esp}.EmailBackend", "OPTIONS": options}
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with smtp://, smtp+tls://, smtps:// or anymail+NAME://."
    )


def sender(url: str, *, default: str) -> str:
    """The From address that a mail address carries as `?from=`, else the default."""
    return dict(parse_qsl(urlsplit(url).query)).get("from", default)


def new_message_id() -> str:
    """Named after the public address: the machine's own name is nobody's business."""
    return make_msgid(domain=settings.PUBLIC.hostname)


class EmlBackend(BaseEmailBackend):
    """Writes each message to a file of its own, `<uuid>.eml`, in `folder`."""

    def __init__(self, *, folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = folder

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self.write(message.message().as_bytes(policy=SMTP))
        return len(email_messages)

    def write(self, message: bytes) -> Path:
        """Store finished bytes under a name of their own; a reader never sees half a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        finished = self.folder / f"{uuid4()}.eml"
        draft = finished.with_suffix(".part")
        draft.write_bytes(message)
        return draft.replace(finished)
