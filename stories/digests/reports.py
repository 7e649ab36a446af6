"""Reading what mail servers send back: delivery status (RFC 3464) and complaints (RFC 5965).

Whoever knows a bounce address can write anything to it: nothing here trusts what it reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from hashlib import sha256
from typing import Any

from stories.digests.addresses import one_line

# A report may carry the whole mail with it, of which ours stay below 90 kB. More would only give a
# hostile one time: the parser takes seconds for parts nested hundreds deep.
LARGEST = 256 * 1024
NO_SUCH_MAILBOX = {"5.1.1", "5.1.10"}
# An enhanced status code (RFC 3463), and no part of an IP address.
STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")
# Where mail servers write to whom they returned a mail.
ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
# What a reader says of a mail; the other kinds (authentication, viruses) come from machines.
COMPLAINTS = {"abuse", "fraud"}


class NoReportError(Exception):
    """Why a message is no report that anything could be done with, as a sentence."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail for one recipient."""

    addresses: frozenset[str]
    action: str
    status: str
    said: str

    @property
    def is_failure(self) -> bool:
        return self.action == "failed"

    @property
    def has_no_mailbox(self) -> bool:
        return self.status in NO_SUCH_MAILBOX


@dataclass(frozen=True, slots=True)
class Report:
    """`name` is the report's own; `returned_to` the text in which an address of ours may stand;
    `message_id` that of the mail it is about. A complaint has no outcomes."""

    name: str
    returned_to: str
    message_id: str
    is_complaint: bool
    outcomes: tuple[Outcome, ...]


def parse(content: bytes) -> Report:
    """Raises NoReportError, and nothing else, for anything that is no report."""
    if len(content) > LARGEST:
        raise NoReportError("This is larger than any report about a digest.")
    try:
        return _report(message_from_bytes(content), content)
    except NoReportError:
        raise
    except Exception as error:
        # The parser meets some hostile input with an error of its own choice, RecursionError too.
        raise NoReportError("This is no message that can be read.") from error


def first_status(text: str) -> str:
    """The first enhanced status code in what a server said, else nothing."""
    found = STATUS.search(text)
    return found[0] if found else ""


def _report(message: Message, content: bytes) -> Report:
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        raise NoReportError("This is no report of a mail server.")
    parts: dict[str, Any] = {part.get_content_type(): part for part in reversed(_parts(message))}
    original = _original(parts)
    returned_to = [text for name in ENVELOPE for text in _all(message, name)]
    returned_to += _all(original, "Return-Path")
    outcomes: tuple[Outcome, ...] = ()
    if is_complaint := "message/feedback-report" in parts:
        feedback = _parts(parts["message/feedback-report"])[0]
        if _field(feedback, "Feedback-Type").lower() not in COMPLAINTS:
            raise NoReportError("This report is no reader's complaint.")
        returned_to += _all(feedback, "Original-Mail-From")
    elif "message/delivery-status" in parts:
        outcomes = tuple(_outcomes(parts["message/delivery-status"]))
    if not (is_complaint or outcomes):
        raise NoReportError("This report does not say what became of any mail.")
    name = _field(message, "Message-ID")
    return Report(
        name=sha256(name.encode() or content).hexdigest(),
        returned_to=" ".join(returned_to),
        message_id=_field(original, "Message-ID"),
        is_complaint=is_complaint,
        outcomes=outcomes,
    )


def _parts(message: Message) -> list[Message]:
    payload: Any = message.get_payload()
    return payload if isinstance(payload, list) else []


def _original(parts: dict[str, Message]) -> Message:
    """The returned mail, or its headers; an empty message where none came along."""
    if "message/rfc822" in parts:
        return _parts(parts["message/rfc822"])[0]
    if "text/rfc822-headers" in parts:
        payload: Any = parts["text/rfc822-headers"].get_payload(decode=True)
        return HeaderParser().parsestr(payload.decode("ascii", "replace"))
    return Message()


def _outcomes(part: Message) -> Iterator[Outcome]:
    """One for each recipient; the block before them is about the mail."""
    for block in _parts(part):
        action = _field(block, "Action").lower()
        if not action:
            continue
        said = _field(block, "Diagnostic-Code").partition(";")[2].strip()
        named = (_field(block, name) for name in ("Original-Recipient", "Final-Recipient"))
        yield Outcome(
            addresses=frozenset(text.partition(";")[2].strip().lower() for text in named if text),
            action=action,
            status=_status(_field(block, "Status"), said),
            said=said,
        )


def _status(status: str, said: str) -> str:
    """Some servers, Exim among them, report no more than "5.0.0" and leave the rest to what the
    other side said."""
    code = first_status(status)
    return code if code and not code.endswith(".0.0") else first_status(said) or code


def _field(message: Message, name: str) -> str:
    """One header as plain text, whatever letters stand in it; empty where there is none."""
    return one_line(str(message.get(name, "")))


def _all(message: Message, name: str) -> list[str]:
    return [one_line(str(text)) for text in message.get_all(name, [])]
