"""The headers of a copy, by the RFCs: read by Python's own parser, and octet by octet."""

import re
from collections import Counter
from typing import Any

import pytest

from accounts.models import Company
from stories.digests.addressees import reader_of, ways_out
from stories.digests.addresses import named
from stories.digests.message import Shared
from stories.digests.models import Edition
from tests.digests.copies import (
    NAMES,
    ONCE,
    URL,
    fields,
    octets_are_legal,
    parsed,
    reader,
    shared_parts,
    shown,
)

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
DOT_ATOM = rf"{ATOM}(?:\.{ATOM})*"
DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} \+0000"
)


@pytest.fixture
def shared(edition: Edition) -> Shared:
    return shared_parts(edition)


def test_every_header_is_there_once_and_no_other(shared: Shared) -> None:
    names = [name for name, _value in fields(shared.copy_for(reader()))]
    assert Counter(names) == Counter(ONCE)


def test_the_parser_finds_no_defect(shared: Shared) -> None:
    message = parsed(shared.copy_for(reader(name="Zoë Ж")))
    assert not message.defects
    assert [value.defects for value in message.values() if value.defects] == []
    for part in message.iter_parts():
        assert not part.defects


def test_lines_are_ascii_and_end_with_crlf(shared: Shared) -> None:
    octets_are_legal(shared.copy_for(reader()))


def test_header_lines_are_as_short_as_they_should_be(edition: Edition) -> None:
    edition.own_subject = "A hundred letters are a long subject, but " * 3
    shared = shared_parts(edition)
    for name in NAMES:
        content = shared.copy_for(reader(name=name))
        head = content.partition(b"\r\n\r\n")[0]
        assert max(map(len, head.split(b"\r\n"))) <= 78


def test_date_and_message_id_are_well_formed(shared: Shared) -> None:
    found = dict(fields(shared.copy_for(reader())))
    assert DATE.fullmatch(found["Date"])
    assert re.fullmatch(rf"<{DOT_ATOM}@{DOT_ATOM}>", found["Message-ID"])


def test_the_stored_message_id_is_well_formed(edition: Edition) -> None:
    delivery = edition.deliveries.all()[0]
    assert re.fullmatch(rf"<{DOT_ATOM}@{DOT_ATOM}>", delivery.message_id)


def test_addresses_are_well_formed(shared: Shared) -> None:
    found = dict(fields(shared.copy_for(reader())))
    mailbox = rf'"[^"\r\n]*" <{DOT_ATOM}@{DOT_ATOM}>'
    assert re.fullmatch(mailbox, found["From"])
    assert re.fullmatch(mailbox, found["To"])


def test_the_way_out_is_one_address_in_angle_brackets(shared: Shared) -> None:
    """RFC 2369, 2: no white space inside, nothing around it."""
    value = dict(fields(shared.copy_for(reader())))["List-Unsubscribe"]
    assert value == f"<{URL}>"
    assert re.fullmatch(r"<https://[!-;=?-~]+>", value)


def test_one_click_is_announced_as_the_rfc_spells_it(shared: Shared) -> None:
    """RFC 8058, 3.1 and 8: one List-Unsubscribe-Post of exactly this value, https only.

    Where KUDOS_URL is http, as on somebody's own machine, the header is the same: mail programs
    that look for an https address then offer no one click, and the link works by hand."""
    posts = [value for name, value in fields(shared.copy_for(reader())) if "Post" in name]
    assert posts == ["List-Unsubscribe=One-Click"]


def test_the_way_out_is_https_where_kudos_is(edition: Edition, settings: Any) -> None:
    settings.KUDOS_URL = "https://kudos.example.com"
    delivery = edition.deliveries.all()[0]
    way_out = ways_out([delivery.person])[delivery.person_id]
    content = shared_parts(edition).copy_for(reader_of(delivery, way_out))
    value = dict(fields(content))["List-Unsubscribe"]
    assert re.fullmatch(r"<https://kudos\.example\.com/digest/unsubscribe/[\w-]{22,}/>", value)


def test_the_list_has_a_name_of_its_own(edition: Edition, settings: Any) -> None:
    """RFC 2919, 2: a label and a domain in angle brackets."""
    settings.KUDOS_URL = "https://kudos.example.com:8443"
    value = dict(fields(shared_parts(edition).copy_for(reader())))["List-Id"]
    assert value == "<digest.kudos.example.com>"


def test_machines_are_asked_not_to_answer(shared: Shared) -> None:
    """RFC 3834, 5; Exchange asks for the other."""
    found = dict(fields(shared.copy_for(reader())))
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Auto-Response-Suppress"] == "All"


def test_the_body_is_two_parts_in_quoted_printable(shared: Shared) -> None:
    content = shared.copy_for(reader())
    head, _blank, body = content.partition(b"\r\n\r\n")
    boundary = re.search(rb'boundary="([^"]{1,70})"', head)
    assert boundary
    before, plain, html, after = body.split(b"--" + boundary[1])
    assert (before, after) == (b"", b"--\r\n")
    for part, kind in ((plain, b"plain"), (html, b"html")):
        assert b'Content-Type: text/%b; charset="utf-8"\r\n' % kind in part
        encoded = part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        assert max(map(len, encoded.split(b"\r\n"))) <= 76
        assert encoded.endswith(b"\r\n")
        # RFC 2045, 6.7: no white space ends a line, and no soft line break the whole.
        assert not re.search(rb"[ \t]\r\n|=\r\n$", encoded)


@pytest.mark.parametrize("name", NAMES)
def test_the_company_may_be_called_anything(edition: Edition, settings: Any, name: str) -> None:
    # PostgreSQL keeps no NUL; a sender in the environment and a reader made by hand may have one.
    stored = name.replace("\0", "")[:80]
    Company.objects.update(name=stored, reply_to="culture@company.example")
    settings.DIGEST_FROM_EMAIL = f"{name} <kudos@company.example>"
    content = shared_parts(edition).copy_for(reader(name=name))
    octets_are_legal(content)
    message = parsed(content)
    for field, said, address in (
        ("From", name, "kudos@company.example"),
        ("Reply-To", stored, "culture@company.example"),
        ("To", name, "sam@company.example"),
    ):
        [mailbox] = message[field].addresses
        assert mailbox.addr_spec == address
        assert "".join(mailbox.display_name.split()) == "".join(shown(said).split())


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("kudos@company.example", ""),
        ("<kudos@company.example>", ""),
        ("Larkfield <kudos@company.example>", "Larkfield"),
        ("Larkfield, Lyon & Co. <kudos@company.example>", "Larkfield, Lyon & Co."),
        ('"Larkfield, Lyon" <kudos@company.example>', "Larkfield, Lyon"),
        ("山田商事 <kudos@company.example>", "山田商事"),
    ],
)
def test_a_sender_is_read_as_one_name_and_one_address(sender: str, name: str) -> None:
    assert named(sender) == (name, "kudos@company.example")
