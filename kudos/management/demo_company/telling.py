"""Short ways of writing the content, so that the files of stories read as stories."""

from itertools import chain

from .company import DOMAIN
from .shapes import Reaction


def at(local_part: str) -> str:
    """The address of the colleague with this first part."""
    return f"{local_part}@{DOMAIN}"


def cheers(
    *, love: str = "", applause: str = "", wow: str = ""
) -> tuple[tuple[str, Reaction], ...]:
    """Who reacted how; each argument is a list of first parts of addresses, parted by spaces."""
    return tuple(
        chain(_reacted(love, "love"), _reacted(applause, "applause"), _reacted(wow, "wow"))
    )


def prose(text: str) -> str:
    """The text with its line breaks undone; a blank line still begins a paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _reacted(local_parts: str, reaction: Reaction) -> list[tuple[str, Reaction]]:
    return [(at(local_part), reaction) for local_part in local_parts.split()]
