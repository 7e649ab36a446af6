"""What tests of the message share: readers, copies for them, and eyes to read a copy with."""

import re
import unicodedata
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any

from kudos.lib.text import REORDERING
from stories.digests.message import Shared
from stories.digests.models import Edition
from stories.digests.personal import Reader
from stories.digests.rendering import render

URL = "https://kudos.example.com/digest/unsubscribe/token/"
ONCE = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
]
NAMES = [
    "Ana Lima",
    "X" * 120,
    "Ж" * 120,
    "Ana " * 100,
    "שרה כהן",
    "محمد الأحمد",
    "می\u200cخواهم",
    "山田\u3000太郎",
    "Zoë 🎉 O'Hara",
    "👩\u200d👩\u200d👧 Stone",
    'Tom "the" Beck\\',
    "Eve\r\nBcc: everybody@example.com",
    "Eve\nContent-Type: text/html\n\n<b>",
    "Eve <eve@example.com>, Mallory",
    "=?utf-8?q?Eve?= <eve@example.com>",
    "<script>alert(1)</script>",
    "{{ slot.unsubscribe }} %s %(name)s",
    "nul\0 escape\x1b next\x85line\u2028",
    "\u202eevil\u202c",
    "  ",
]


def reader(**said: Any) -> Reader:
    plain: dict[str, Any] = {
        "person": 0,
        "name": "Sam Stone",
        "department": None,
        "address": "sam@company.example",
        "unsubscribe_url": URL,
        "message_id": "<one@kudos.example.com>",
    }
    return Reader(**(plain | said))


def shared_parts(edition: Edition, language: str = "en") -> Shared:
    """Rendered anew, as the rows are now, and not stored."""
    return Shared(edition, render(edition, edition.picked(), language))


def parsed(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def octets_are_legal(content: bytes) -> None:
    """RFC 5322, 2.1.1 and 2.3: 7 bits, lines of at most 998 octets, CR and LF only together."""
    assert content.isascii()
    assert b"\0" not in content
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)
    assert max(map(len, content.split(b"\r\n"))) <= 998


def fields(content: bytes) -> list[tuple[str, str]]:
    """Each header's name and unfolded value, read by the grammar of RFC 5322, 2.2, alone."""
    head, blank, _body = content.partition(b"\r\n\r\n")
    assert blank
    unfolded = re.sub(rb"\r\n(?=[ \t])", b"", head)
    found = []
    for line in unfolded.decode("ascii").split("\r\n"):
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[!-9;-~]+", name)
        found.append((name, value.strip(" \t")))
    return found


def shown(text: str) -> str:
    """What is left of a text for people to see on one line."""
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in REORDERING else c
        for c in text
    )
    return " ".join("".join(kept).split())


def decoded(value: str) -> str:
    """An unstructured value as RFC 2047 reads it."""
    return str(make_header(decode_header(value)))


class Page(HTMLParser):
    """What a person meets in the HTML: its `words` without those of the `preheader`, which only
    lists of mails show; its `links`; and the `tags` and `attributes` that it is made of."""

    INLINE = ("a", "b", "span")
    UNSEEN = ("style", "title")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen, self.preheader, self.inside = "", "", ""
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += said.items()
        if tag == "a":
            self.links.append(said["href"])
        self.part(tag)
        self.inside = "preheader" if said.get("class") == "preheader" else tag

    def handle_endtag(self, tag: str) -> None:
        self.part(tag)
        self.inside = ""

    def part(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.seen += "\n"

    def handle_data(self, data: str) -> None:
        if self.inside == "preheader":
            self.preheader += data
        elif self.inside not in self.UNSEEN:
            self.seen += data

    @property
    def words(self) -> list[str]:
        return self.seen.split()

    @property
    def text(self) -> str:
        return " ".join(self.words)
