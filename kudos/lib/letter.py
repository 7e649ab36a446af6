"""One mail from three templates of one name: subject.txt, body.txt and body.html."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy, default
from email.utils import format_datetime
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from kudos.lib.text import one_line

# RFC 3834: answers by machines to machines stop here.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}

WIDTH = 72


class Whole(UnstructuredHeader):
    """An address on one line, however long: Python would break it into encoded words (RFC 2047),
    which mail programs do not read as an address (RFC 2369)."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


REGISTRY = HeaderRegistry()
REGISTRY.map_to_type("list-unsubscribe", Whole)  # type: ignore[arg-type]


class Letter(EmailMultiAlternatives):
    def message(self, *, policy: Policy[Any] | None = default) -> EmailMessage:
        if isinstance(policy, EmailPolicy):
            policy = policy.clone(header_factory=REGISTRY)
        return super().message(policy=policy)


def letter(
    name: str,
    context: dict[str, Any],
    *,
    to: str,
    message_id: str,
    date: datetime,
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
) -> EmailMultiAlternatives:
    """The mail `templates/emails/<name>/`, ready to send, with `headers` besides those of any mail.

    With the same stored message id and date, a copy sent again is the same mail.
    """
    context = context | {"kudos_url": settings.KUDOS_URL}
    message = Letter(
        subject=one_line(render_to_string(f"emails/{name}/subject.txt", context)),
        body=wrapped(render_to_string(f"emails/{name}/body.txt", context).strip()) + "\n",
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            **HEADERS,
            **(headers or {}),
            "Message-ID": message_id,
            "Date": format_datetime(date),
        },
    )
    html = render_to_string(f"emails/{name}/body.html", context)
    message.attach_alternative(css_inline.inline(html, keep_style_tags=True), "text/html")
    return message


def wrapped(text: str) -> str:
    """Plain text with lines of at most 72 characters; addresses stay whole, indents are kept."""
    return "\n".join(_wrapped_line(line.rstrip()) for line in text.splitlines())


def _wrapped_line(line: str) -> str:
    if len(line) <= WIDTH:
        return line
    indent = re.match(r"\s*", line)[0]  # type: ignore[index]
    return textwrap.fill(
        line,
        WIDTH,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
