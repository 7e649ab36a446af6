"""A provider's API, through any django-anymail backend."""

from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from typing import Any, cast

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from stories.digests.transports.errors import (
    RefusedError,
    SenderRefusedError,
    UnansweredError,
    UnreachableError,
)

UNAUTHORISED = {401, 403}
TOO_MANY = 429


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

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        message = self._message(content)
        try:
            self.backend.send_messages([message])
        except Exception as error:
            raise self._failure(error) from error

    def _message(self, content: bytes) -> EmailMultiAlternatives:
        parsed = message_from_bytes(content, policy=policy.default)
        message = EmailMultiAlternatives(
            parsed["Subject"],
            _body(parsed, "plain"),
            parsed["From"],
            [parsed["To"]],
            reply_to=[parsed["Reply-To"]] if parsed["Reply-To"] else None,
            headers={
                name: str(text) for name, text in parsed.items() if name.lower() not in self.OWN
            },
        )
        message.attach_alternative(_body(parsed, "html"), "text/html")
        return message

    def _failure(self, error: Exception) -> Exception:
        """A provider's error as one of ours, by the HTTP status that anymail's errors carry."""
        status: Any = getattr(error, "status_code", None)
        if status is None:
            return UnansweredError(str(error))
        if status in UNAUTHORISED:
            return SenderRefusedError(535, str(error))
        return RefusedError(451 if status == TOO_MANY or status >= 500 else 550, str(error))

    def close(self) -> None:
        self.backend.close()


def _body(message: ParsedMessage, kind: str) -> str:
    return str(cast(ParsedMessage, message.get_body((kind,))).get_content())
