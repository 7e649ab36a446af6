"""Addresses and headers in the ASCII that mail servers take."""

import re
import textwrap
from base64 import b64encode
from email.utils import parseaddr, quote, unquote
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

# RFC 5322, 2.1.1: lines should stay below this; RFC 2047, 2: those with encoded words must.
LINE = 76
# Beside the longest name of a header that is folded here.
ROOM = LINE - len("Reply-To: ")
# What fits into that in base64, with the frame of an encoded word.
WORD_OCTETS = 39
# RFC 5321, 4.5.3.1.3: a path, its two angle brackets included, has 256 octets at most.
LONGEST = 254
# Controls, line ends and what reorders its surroundings. The invisible joiners stay: names in
# Persian or Sinhala are spelt with them.
UNWELCOME = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


# Asked for twice: for a copy's header, while the one before it is sent, and for its envelope.
@lru_cache(4)
def ascii_address(address: str) -> str:
    """The bare address with its domain in ASCII. Raises ValueError where no server takes it."""
    local, _at, domain = address.rpartition("@")
    try:
        if len(address) > LONGEST or not validate_email.user_regex.match(local):
            raise ValidationError("too long, or no local part")
        plain = f"{local}@{ascii_domain(domain)}"
    except (ValidationError, UnicodeError) as error:
        raise ValueError(f"{address!r} is no address that mail can be sent to.") from error
    if not plain.isascii():
        raise ValueError(f"{address!r} has letters that mail servers do not take.")
    return plain


# Colleagues share few of them, and to look at one takes longer than all else about an address.
@lru_cache(256)
def ascii_domain(domain: str) -> str:
    """An address's domain in ASCII. Raises ValidationError or UnicodeError where it is none."""
    validate_email(f"anybody@{domain}")
    return punycode(domain)


def sender_domain(sender: str) -> str:
    """The domain of "Kudos <kudos@example.com>"."""
    return bare(sender).rpartition("@")[2]


@lru_cache(2)
def bare(sender: str) -> str:
    """The address alone of "Kudos <kudos@example.com>", in ASCII."""
    local, at, domain = named(sender)[1].rpartition("@")
    return f"{local}{at}{punycode(domain)}"


def named(sender: str) -> tuple[str, str]:
    """Name and address of "Kudos <kudos@example.com>". A comma in the name needs no quotes:
    whoever sets up Kudos writes one sender, never a list of them."""
    display, bracket, address = sender.rpartition("<")
    if not bracket:
        return parseaddr(sender)
    display = display.strip()
    is_quoted = display.startswith('"')
    return unquote(display) if is_quoted else display, address.rstrip("> ")


def one_line(text: str) -> str:
    """Text that cannot begin another header, nor turn what stands around it."""
    return " ".join(UNWELCOME.sub(" ", text).split())


def header(name: str, text: str) -> bytes:
    """One header of free text, with its line ending, whatever it holds."""
    shown = one_line(text)
    return f"{name}: {folded(shown, shown)}\r\n".encode("ascii")


def address_header(name: str, display: str, address: str) -> bytes:
    """One header with a person's name and ASCII address, whatever the name holds."""
    shown = one_line(display)
    if not shown:
        return f"{name}: <{address}>\r\n".encode("ascii")
    phrase = folded(shown, f'"{quote(shown)}"')
    fold = "" if len(f"{name}: {phrase} <{address}>") <= LINE else "\r\n"
    return f"{name}: {phrase}{fold} <{address}>\r\n".encode("ascii")


def folded(text: str, plain: str) -> str:
    """`plain` on short lines, where ASCII can say it so; else `text` in encoded words.

    What looks like an encoded word already would be decoded, and is encoded too.
    """
    lines = [plain]
    if len(plain) > ROOM:
        lines = textwrap.wrap(plain, ROOM, break_long_words=False, break_on_hyphens=False)
    if not plain.isascii() or "=?" in plain or any(len(line) > ROOM for line in lines):
        lines = encoded_words(text)
    return "\r\n ".join(lines)


def encoded_words(text: str) -> list[str]:
    """Encoded words (RFC 2047) that together say `text`, each of whole letters."""
    chunks = [b""]
    for letter in text:
        octets = letter.encode()
        if len(chunks[-1]) + len(octets) > WORD_OCTETS:
            chunks.append(b"")
        chunks[-1] += octets
    return [f"=?utf-8?b?{b64encode(chunk).decode()}?=" for chunk in chunks]
