"""Mail: from one address in the environment to Django's MAILERS, and the file transport."""

import re
from collections.abc import Sequence
from email.policy import SMTP
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, make_msgid
from django.core.mail.backends.base import BaseEmailBackend

from kudos.lib import env

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SOCKET_TIMEOUT_SECONDS = 20
# What an address says to Kudos rather than to the mail server or the mail service.
OWN_OPTIONS = {"from", "bounces"}
# The option by which each mail service signs what it tells of a mail. The others send the user and
# password of `webhook_secret`.
SIGNING_OPTIONS = {
    "mailersend": "signing_secret",
    "mailgun": "webhook_signing_key",
    "mailtrap": "tracking_secret",
    "mandrill": "webhook_key",
    "postal": "webhook_key",
    "sendgrid": "tracking_webhook_verification_key",
}
WEBHOOK_OPTIONS = {"webhook_secret", "webhook_url", *SIGNING_OPTIONS.values()}
GRANT_OPTIONS = {"token_url", "client_id", "client_secret", "scope", "refresh_token"}
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def mailer(url: str, *, folder: Path) -> dict[str, Any]:
    """One entry of MAILERS from an address; an empty one writes .eml files into `folder`.

    `smtp://host:25`, `smtp+tls://user:password@host:587` (STARTTLS) and
    `smtps://user:password@host:465` (TLS from the first byte) speak SMTP; with
    `?auth=xoauth2&token_url=…&client_id=…` they sign in by token instead of password.
    `anymail+NAME://?key=value` is django-anymail's backend of that name, with those options; in
    NAME a hyphen stands for an underscore.
    Raises ImproperlyConfigured for anything else, without repeating the address, which
    holds a password.
    """
    if not url:
        return {"BACKEND": "kudos.lib.mail.EmlBackend", "OPTIONS": {"folder": folder}}
    parts = urlsplit(url)
    if parts.scheme in SMTP_PORTS:
        return _smtp(parts)
    if esp := _esp(parts):
        options = {
            name: text
            for name, text in parse_qsl(parts.query)
            if name not in OWN_OPTIONS | WEBHOOK_OPTIONS
        }
        return {"BACKEND": f"anymail.backends.{esp}.EmailBackend", "OPTIONS": options}
    raise ImproperlyConfigured(
        "EMAIL_URL must begin with smtp://, smtp+tls://, smtps:// or anymail+NAME://."
    )


def _smtp(parts: SplitResult) -> dict[str, Any]:
    """Django's own backend, or the one that signs in by token."""
    asked = dict(parse_qsl(parts.query))
    options: dict[str, Any] = {
        "host": parts.hostname or "localhost",
        "port": parts.port or SMTP_PORTS[parts.scheme],
        "username": unquote(parts.username or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtps",
        "timeout": SOCKET_TIMEOUT_SECONDS,
    }
    if "auth" not in asked:
        password = unquote(parts.password or "")
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"BACKEND": backend, "OPTIONS": options | {"password": password}}
    if asked["auth"] != "xoauth2":
        raise ImproperlyConfigured("EMAIL_URL: the only other way to sign in is auth=xoauth2.")
    grant = {name: asked[name] for name in GRANT_OPTIONS & asked.keys()}
    _check_grant(options["username"], grant)
    return {"BACKEND": "kudos.lib.xoauth2.EmailBackend", "OPTIONS": options | grant}


def _check_grant(username: str, grant: dict[str, str]) -> None:
    """Raise ImproperlyConfigured where something is missing, or the secret would travel open."""
    if not (username and grant.get("token_url") and grant.get("client_id")):
        raise ImproperlyConfigured("EMAIL_URL: xoauth2 needs a user, token_url and client_id.")
    if not (grant.get("client_secret") or grant.get("refresh_token")):
        raise ImproperlyConfigured("EMAIL_URL: xoauth2 needs client_secret or refresh_token.")
    token_url = urlsplit(grant["token_url"])
    if token_url.scheme != "https" and not env.is_loopback(token_url):
        raise ImproperlyConfigured("EMAIL_URL: token_url must begin with https://.")


def _esp(parts: SplitResult) -> str:
    """The name of a mail service as django-anymail's modules have it, else nothing."""
    kind, _plus, name = parts.scheme.partition("+")
    return name.replace("-", "_") if kind == "anymail" else ""


def anymail(url: str) -> dict[str, Any]:
    """django-anymail's own settings from a mail address: its patience, and how the mail service
    proves that it is the one who tells of a mail."""
    parts = urlsplit(url)
    prefix = _esp(parts).upper()
    found: dict[str, Any] = {"REQUESTS_TIMEOUT": SOCKET_TIMEOUT_SECONDS}
    if not prefix:
        return found
    for name, text in parse_qsl(parts.query):
        if name == "webhook_secret":
            found["WEBHOOK_SECRET"] = text
        # Some services sign with the very key that they are called with.
        elif name == "api_key" or name in WEBHOOK_OPTIONS:
            found[f"{prefix}_{name.upper()}"] = text
    return found


def bounce_domain(url: str) -> str:
    """The domain of `?bounces=`, to which what cannot be delivered is returned, else nothing.

    Raises ImproperlyConfigured where it is no domain.
    """
    domain = dict(parse_qsl(urlsplit(url).query)).get("bounces", "").lower()
    if domain and not HOST.fullmatch(domain):
        raise ImproperlyConfigured("EMAIL_URL: bounces must be a domain, as bounces.example.com.")
    return domain


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
