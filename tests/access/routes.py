"""Every address of the site, as the URL resolver has it."""

import re
from collections.abc import Iterator, Mapping

from django.urls import URLPattern, URLResolver, get_resolver

GAP = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)")


def routes() -> list[tuple[str, str]]:
    """The name of each route, with its namespace, and its pattern; the few that have no name are
    called by their pattern."""
    return list(_below(get_resolver().url_patterns))


def _below(
    entries: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[tuple[str, str]]:
    for entry in entries:
        pattern = prefix + str(entry.pattern).strip("^$")
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry.url_patterns, pattern, inner)
        else:
            yield f"{space}{entry.name}" if entry.name else pattern, pattern


def fill(pattern: str, parts: Mapping[str, str]) -> str:
    """The address with these parts in the gaps of the pattern. Raises KeyError for one unknown."""
    return "/" + GAP.sub(lambda gap: parts[gap[1] or gap[2]], pattern)
