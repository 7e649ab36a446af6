"""One copy of an edition as finished bytes: shared parts, encoded once, joined with a reader's own.

Bodies are quoted-printable, so that pieces encoded apart can be joined anywhere by a soft line
break (RFC 2045, 6.7). Building a copy renders, inlines and parses nothing.
"""

import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.html import escape

from accounts.models import Company
from stories.digests.addresses import address_header, ascii_address, bare, header, named
from stories.digests.models import Edition, Rendering
from stories.digests.personal import Greeting, Own, Reader, own_block

# "=_" cannot occur in quoted-printable text, so no story can end its own part (RFC 2045, 6.7).
BOUNDARY = "=_kudos_{edition}_{version}"
SOFT_BREAK = b"=\r\n"
# So many octets a line of it has at most, the sign of a soft line break included.
LINE = 76
# Python's encoder does not count what it writes for a blank at the end of a line.
OVERLONG = re.compile(rb"^([^\n]{74,75})=20$", re.MULTILINE)

# The layout that a reader's copy has, and their personal block for its text and its HTML.
type Block = tuple[str, dict[str, bytes], dict[str, bytes]]


def encode(text: str) -> bytes:
    """Text as quoted-printable that more can be joined to: it ends with a soft line break."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    short = OVERLONG.sub(rb"\1=\n=20", binascii.b2a_qp(lines, istext=True))
    encoded = short.replace(b"\n", b"\r\n")
    return encoded if encoded.endswith(b"\r\n") or not encoded else _continued(encoded)


def _continued(encoded: bytes) -> bytes:
    """With a soft line break at its end. A last line that is full has no room for its sign, and
    leaves its last letter to a line of its own."""
    if len(encoded) - encoded.rfind(b"\n") - 1 >= LINE:
        cut = -3 if encoded[-3:-2] == b"=" else -1
        encoded = encoded[:cut] + SOFT_BREAK + encoded[cut:]
    return encoded + SOFT_BREAK


class Layout:
    """A body cut at its slots, every literal encoded: what is left to do is to join."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.literals = [encode(piece) for piece in pieces[::2]]
        self.slots = list(pieces[1::2])

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        parts = [self.literals[0]]
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            parts += (values[slot], literal)
        return b"".join(parts)


class Shared:
    """One version of an edition in one language, ready to be copied any number of times."""

    def __init__(self, edition: Edition, rendering: Rendering) -> None:
        self.version = rendering.version
        self.language = rendering.language
        self.facts = rendering.facts
        self.layouts = {
            (kind, name): Layout(pieces)
            for kind, layouts in rendering.layouts.items()
            for name, pieces in layouts.items()
        }
        boundary = BOUNDARY.format(edition=edition.week_start, version=rendering.version)
        self.headers = _headers(edition, rendering, boundary)
        self.text_head = _part_head(boundary, "plain", b"")
        self.html_head = _part_head(boundary, "html", b"\r\n")
        self.end = f"\r\n--{boundary}--\r\n".encode()
        with translation.override(self.language):
            self.greeting = Greeting()
        self._celebrated = {key for story in self.facts["stories"] for key in story["nominees"]}
        self._blocks: dict[tuple[int | None, int | None], Block] = {}

    def copy_for(self, reader: Reader) -> bytes:
        """The finished message: ASCII, CRLF, no line over 998 octets (RFC 5322, 2.1.1).

        Raises ValueError where the reader's address is none that a server takes.
        """
        layout, text, html = self._block(reader)
        hello, link = self.greeting.of(reader.name), reader.unsubscribe_url
        return b"".join(
            (
                address_header("To", reader.name, ascii_address(reader.address)),
                f"Message-ID: {reader.message_id}\r\n".encode("ascii"),
                f"List-Unsubscribe: <{link}>\r\n".encode("ascii"),
                self.headers,
                self.text_head,
                self.layouts["text", layout].fill(text | _values(hello, link)),
                self.html_head,
                self.layouts["html", layout].fill(html | _values(escape(hello), escape(link))),
                self.end,
            )
        )

    def _block(self, reader: Reader) -> Block:
        """Their personal block, made once for all who share it: a department, or one person who is
        celebrated."""
        celebrated = reader.person if reader.person in self._celebrated else None
        key = celebrated, reader.department
        if key not in self._blocks:
            with translation.override(self.language):
                self._blocks[key] = _encoded(own_block(reader, self.facts))
        return self._blocks[key]


def _values(hello: str, unsubscribe_url: str) -> dict[str, bytes]:
    return {"greeting": encode(hello), "unsubscribe": encode(unsubscribe_url)}


def _encoded(own: Own | None) -> Block:
    if own is None:
        return "plain", {}, {}
    html = {"own": encode(escape(own.first)), "own_more": encode(escape(own.more))}
    return "own", {"own": encode(own.as_text())}, html


def _headers(edition: Edition, rendering: Rendering, boundary: str) -> bytes:
    """The headers that all copies share, the blank line after them included."""
    company = Company.current()
    name, _address = named(settings.DIGEST_FROM_EMAIL)
    host = urlsplit(settings.KUDOS_URL).hostname
    date = format_datetime(cast(datetime, edition.mail_date).astimezone(UTC))
    lines = [
        address_header("From", name, bare(settings.DIGEST_FROM_EMAIL)),
        header("Subject", rendering.subject),
        header("Date", date),
        f"List-Id: <digest.{host}>\r\n".encode("ascii"),
        # RFC 8058: the mail program may post to the address in List-Unsubscribe by itself.
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
        b"Auto-Submitted: auto-generated\r\n",
        b"X-Auto-Response-Suppress: All\r\n",
        b"MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'.encode("ascii"),
    ]
    if company.reply_to:
        lines.insert(1, address_header("Reply-To", company.name, ascii_address(company.reply_to)))
    return b"".join(lines)


def _part_head(boundary: str, kind: str, before: bytes) -> bytes:
    return before + (
        f"--{boundary}\r\n"
        f'Content-Type: text/{kind}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode("ascii")
