"""One mail from three templates of one name: subject.txt, body.txt and body.html."""

import re
import textwrap
from datetime import datetime
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


def letter(
    name: str,
    context: dict[str, Any],
    *,
    to: str,
    message_id: str,
    date: datetime,
    reply_to: str = "",
) -> EmailMultiAlternatives:
    """The mail `templates/emails/<name>/`, ready to send.

    With the same stored message id and date, a copy sent again is the same mail.
    """
    context = context | {"kudos_url": settings.KUDOS_URL}
    message = EmailMultiAlternatives(
        subject=one_line(render_to_string(f"emails/{name}/subject.txt", context)),
        body=wrapped(render_to_string(f"emails/{name}/body.txt", context).strip()) + "\n",
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers=HEADERS | {"Message-ID": message_id, "Date": format_datetime(date)},
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
