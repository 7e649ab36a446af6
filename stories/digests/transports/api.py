"""A provider's API, through any django-anymail backend."""

import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from typing import Any, cast

import requests
from anymail.exceptions import (
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from anymail.message import AnymailMessage, AnymailStatus
from django.core.mail.backends.base import BaseEmailBackend
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)
from stories.digests.transports.protocol import Content, Envelope

UNAUTHORISED = {401, 402, 403}
# The provider's own "not now"; any other 5xx comes from a gateway that gave up waiting for it.
NOT_NOW = {408, 429, 500, 503}
# What the provider said of the one recipient, as a reply code and status that mean the same.
REFUSALS = {
    "invalid": (550, "5.1.3 The provider calls the address invalid."),
    "rejected": (550, "5.7.1 The provider sends nothing to this address."),
    "failed": (451, "4.3.0 The provider could not send it."),
}


class ApiLine:
    """A provider's API takes subject, bodies and headers, and makes a message of its own: copies
    that are identical to the byte cannot be promised there."""

    # What the provider writes itself.
    OWN = {"from", "to", "subject", "reply-to", "mime-version", "content-type"}

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def open(self) -> None:
        try:
            self.backend.open()
        except OSError as error:
            raise UnreachableError(str(error)) from error

    def send(self, envelope: Envelope, content: Content, following: Envelope | None = None) -> bool:
        finished = content()
        if finished is None:
            return False
        for marks in _marks(envelope.reference):
            message = self._message(finished, **marks)
            try:
                self.backend.send_messages([message])
            except AnymailUnsupportedFeature as error:
                # Said before anything has left.
                unsupported = str(error)
                continue
            except Exception as error:
                raise _failure(error, message.anymail_status) from error
            _check(message.anymail_status)
            return True
        raise RefusedError(550, f"5.6.1 {unsupported}")

    def _message(self, content: bytes, **marks: Any) -> AnymailMessage:
        parsed = message_from_bytes(content, policy=policy.default)
        message = AnymailMessage(
            parsed["Subject"],
            _body(parsed, "plain"),
            parsed["From"],
            [parsed["To"]],
            reply_to=[parsed["Reply-To"]] if parsed["Reply-To"] else None,
            headers={
                name: str(text) for name, text in parsed.items() if name.lower() not in self.OWN
            },
            **marks,
        )
        message.attach_alternative(_body(parsed, "html"), "text/html")
        return message

    def close(self) -> None:
        self.backend.close()


def _marks(reference: str) -> list[dict[str, Any]]:
    """The ways to let a provider name the delivery in what it tells later, the best first. Not
    every one takes metadata, and some take neither."""
    if not reference:
        return [{}]
    return [{"metadata": {"delivery": reference}}, {"tags": [reference]}, {}]


def _check(answer: AnymailStatus) -> None:
    """Raise RefusedError where the provider's answer says "no" to the recipient."""
    statuses = answer.status or set()
    for status, (code, text) in REFUSALS.items():
        if status in statuses:
            raise RefusedError(code, text)
    # anymail leaves what it cannot read at "unknown": the HTTP status tells a "no" from a "yes".
    if "unknown" in statuses and getattr(answer.esp_response, "status_code", 200) >= 400:
        raise RefusedError(550, "5.0.0 The provider did not take it.")


def _failure(error: Exception, answer: AnymailStatus) -> Exception:
    """A provider's error as one of ours, by the HTTP status that anymail's errors carry."""
    if isinstance(error, AnymailRecipientsRefused):
        try:
            _check(answer)
        except RefusedError as refused:
            return refused
    if isinstance(error, AnymailInvalidAddress):
        return RefusedError(550, f"5.1.3 {error}")
    if isinstance(error, AnymailSerializationError):
        return RefusedError(550, f"5.6.0 {error}")
    status: Any = getattr(error, "status_code", None)
    if status is None and _is_before_the_request(error):
        return UnreachableError(str(error))
    if status in UNAUTHORISED:
        return SenderRefusedError(535, str(error))
    if status in NOT_NOW:
        return RefusedError(451, str(error))
    if status is not None and 400 <= status < 500:
        return RefusedError(550, str(error))
    return UnansweredError(str(error))


def _is_before_the_request(error: Exception) -> bool:
    """Whether there was no connection that the message could have gone over."""
    cause = error.__cause__
    if isinstance(cause, requests.ConnectTimeout):
        return True
    reason = getattr(cause.args[0], "reason", None) if cause and cause.args else None
    if isinstance(reason, ConnectTimeoutError | NewConnectionError):
        return True
    # urllib3 wraps what OpenSSL says: a server with a wrong certificate was told nothing.
    inner = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    return isinstance(inner, ssl.SSLCertVerificationError)


def _body(message: ParsedMessage, kind: str) -> str:
    return str(cast(ParsedMessage, message.get_body((kind,))).get_content())
