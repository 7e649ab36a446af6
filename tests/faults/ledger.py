"""What the mail server wrote down before it answered: the other side's account of a run."""

import json
import os
import re
from collections import Counter
from dataclasses import asdict, dataclass, fields
from email.parser import BytesHeaderParser
from hashlib import sha256
from pathlib import Path
from quopri import decodestring
from typing import Any, Self

# The words by which stories are told apart in a message (company.py).
MARK = re.compile(rb"\bkingfisher\d+[a-z]*\b")
# The edition and its version, as the boundary of the message's parts names them.
VERSION = re.compile(rb'boundary="=_kudos_([\d-]+)_(\d+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A message that the server accepted. `wall` is in seconds of this machine's clock; of one
    that it `dropped` it closed the line instead of answering."""

    key: str
    to: str
    message_id: str
    date: str
    version: str
    hash: str
    marks: list[str]
    wall: float
    dropped: bool

    @classmethod
    def of(cls, content: bytes, *, key: str, to: str, wall: float, dropped: bool) -> Self:
        """The note on a message's bytes, as they came but without the dots that SMTP adds."""
        head, _blank, _body = content.partition(b"\r\n\r\n")
        headers = BytesHeaderParser().parsebytes(head)
        version = VERSION.search(head)
        found = {word.decode() for word in MARK.findall(decodestring(content))}
        return cls(
            key=key,
            to=to,
            message_id=str(headers["Message-ID"]).strip(),
            date=str(headers["Date"]),
            version=b"/".join(version.groups()).decode() if version else "",
            hash=sha256(content).hexdigest(),
            marks=sorted(found),
            wall=wall,
            dropped=dropped,
        )


class Pen:
    """Appends to the ledger; a line is with the operating system before `write` returns."""

    def __init__(self, path: Path) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def write(self, what: str, **facts: Any) -> None:
        os.write(self.file, json.dumps({"what": what} | facts).encode() + b"\n")

    def accept(self, copy: Copy) -> None:
        self.write("accepted", **asdict(copy))


class Ledger:
    """The ledger as far as it is written: `read()` takes in what has come since.

    Every event names in `to` whom it is about. `tried` counts them by address, `answered` holds
    the keys of accepted copies whose reply was sent, `events` the addresses by kind of event.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.offset = 0
        self.copies: list[Copy] = []
        self.answered: set[str] = set()
        self.tried: Counter[str] = Counter()
        self.events: dict[str, set[str]] = {}

    def read(self) -> Self:
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self.offset)
                for line in file:
                    if line.endswith(b"\n"):
                        self.offset += len(line)
                        self._take(json.loads(line))
        return self

    def _take(self, event: dict[str, Any]) -> None:
        what = event.pop("what")
        if what == "answered":
            self.answered.add(event["key"])
            return
        self.tried[event["to"]] += 1
        self.events.setdefault(what, set()).add(event["to"])
        if what == "accepted":
            self.copies.append(Copy(**{f.name: event[f.name] for f in fields(Copy)}))

    @property
    def reached(self) -> int:
        """How many messages there are copies of."""
        return len({copy.message_id for copy in self.copies})
