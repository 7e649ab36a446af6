"""Addresses and headers in the ASCII that mail servers take."""

from email.header import Header
from email.utils import parseaddr, quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode

# RFC 5322, 2.1.1: lines should stay below this.
LINE = 76


def ascii_address(address: str) -> str:
    """The bare address with its domain in ASCII. Raises ValueError where no server takes it."""
    local, _at, domain = address.rpartition("@")
    try:
        validate_email(address)
        plain = f"{local}@{punycode(domain)}"
    except (ValidationError, UnicodeError) as error:
        raise ValueError(f"{address!r} is no address that mail can be sent to.") from error
    if not plain.isascii():
        raise ValueError(f"{address!r} has letters that mail servers do not take.")
    return plain


def sender_domain(sender: str) -> str:
    """The domain of "Kudos <kudos@example.com>"."""
    return bare(sender).rpartition("@")[2]


def bare(sender: str) -> str:
    """The address alone of "Kudos <kudos@example.com>", in ASCII."""
    return punycoded(parseaddr(sender)[1])


def punycoded(address: str) -> str:
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{punycode(domain)}"


def one_line(text: str) -> str:
    """Text that cannot begin another header: control characters become spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def header(name: str, text: str) -> bytes:
    """One header of free text, encoded (RFC 2047) and folded, with its line ending."""
    encoded = encoded_text(one_line(text), used=len(name) + 2)
    return f"{name}: {encoded}\r\n".encode("ascii")


def address_header(name: str, display: str, address: str) -> bytes:
    """One header with a person's name and ASCII address, whatever the name holds."""
    shown = one_line(display)
    if shown.isascii():
        phrase = f'"{quote(shown)}"' if shown else ""
    else:
        phrase = encoded_text(shown, used=len(name) + 2)
    # The address stands on a line of its own: together with a long name it would be too long.
    return f"{name}: {phrase}\r\n <{address}>\r\n".encode("ascii")


def encoded_text(text: str, *, used: int) -> str:
    """ASCII as it is, everything else as encoded words of at most 75 letters each."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=LINE, header_name="x" * (used - 2)).encode(
        linesep="\r\n"
    )
