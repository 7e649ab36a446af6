"""Reading reports that anybody may have written: an answer or a refusal, and nothing else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.digests.models import Delivery
from stories.digests.reports import LARGEST, NoReportError, Report, first_status, parse
from tests.digests.reports import bounce_address, complaint, exim, postfix

COPY = Delivery(
    pk=36**5,
    address="sam@company.example",
    message_id=f"<{'0123456789abcdef' * 2}@company.example>",
)
REAL = [postfix(COPY), exim(COPY), complaint(COPY)]


def parsed(content: bytes) -> Report | None:
    """The report, or None where it was refused; any other error fails the test."""
    try:
        return parse(content)
    except NoReportError:
        return None


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused_in_a_sentence(content: bytes) -> None:
    assert parsed(content) is None


@given(
    st.sampled_from(REAL),
    st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 80), st.binary(max_size=40))),
)
def test_a_report_damaged_anywhere_is_read_or_refused(
    content: bytes, wounds: list[tuple[int, int, bytes]]
) -> None:
    for at, length, put in wounds:
        content = content[:at] + put + content[at + length :]
    parsed(content)


@pytest.mark.parametrize("cut", range(0, len(REAL[0]), 37))
def test_a_report_cut_off_anywhere_is_read_or_refused(cut: int) -> None:
    parsed(REAL[0][:cut])


def test_parts_within_parts_without_end_are_refused() -> None:
    nested = b"Content-Type: multipart/report; boundary=b0\n\n" + b"".join(
        f"--b{level}\nContent-Type: multipart/mixed; boundary=b{level + 1}\n\n".encode()
        for level in range(5000)
    )
    assert parsed(nested) is None


def test_thousands_of_recipients_take_no_time() -> None:
    block = b"Action: failed\nStatus: 5.1.1\nFinal-Recipient: rfc822;a@b.example\n\n"
    report = exim(COPY).replace(b"Action: failed\n", block * (LARGEST // len(block) - 20), 1)
    started = time.monotonic()
    assert parsed(report) is not None
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("charset", ["x-no-such-charset", "utf-16", "idna", "base64", "\\x00"])
def test_a_charset_that_nobody_knows_does_no_harm(charset: str) -> None:
    wrong = f"text/rfc822-headers; charset={charset}".encode()
    assert parsed(postfix(COPY).replace(b"text/rfc822-headers", wrong)) is not None


def test_letters_that_no_header_may_hold_are_taken_out() -> None:
    said = "550 5.1.1 ni\x00cht g\xe4ngig \u202e \ud7ff".encode("latin-1", "replace")
    report = parse(exim(COPY).replace(b"550 5.1.1 No such user here", said))
    [outcome] = report.outcomes
    assert outcome.status == "5.1.1"
    assert outcome.said.isprintable()


def test_an_address_in_capitals_is_found() -> None:
    assert bounce_address(COPY).upper() in parse(exim(COPY)).returned_to


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("550-5.1.1 The email account that you tried to reach does not exist.", "5.1.1"),
        ("smtp; 550 5.1.10 RESOLVER.ADR.RecipientNotFound", "5.1.10"),
        ("5.1.1", "5.1.1"),
        ("5.1.1.", "5.1.1"),
        ("rejected by 5.1.1.20", ""),
        ("15.1.1", ""),
        ("550 no", ""),
        ("452 4.2.2 over quota, see 5.1.1", "4.2.2"),
    ],
)
def test_the_first_status_in_a_sentence_is_found(text: str, status: str) -> None:
    assert first_status(text) == status
