"""Following the links of pages, as far as they differ."""

from collections import deque
from collections.abc import Container, Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.access.asking import blank_pages, read

PAGES_MOST = 500
HERE = "http://testserver"
# The attributes that a browser, or htmx in it, follows with a GET.
FOLLOWED = ("href", "src", "hx-get")


class Links(HTMLParser):
    """The addresses that a page leads to, each with whether htmx asks for it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.found += [
            (url, name == "hx-get") for name in FOLLOWED if (url := attributes.get(name))
        ]
        if tag == "form" and (attributes.get("method") or "get").lower() == "get":
            self.found.append((attributes.get("action") or "", False))


def crawl(
    client: Client, starts: list[str], under: str, unread: Container[str] = ()
) -> Iterator[tuple[str, Any]]:
    """GET these addresses, and what their pages lead to under a path; each with its answer. What
    is `unread` is left blank.

    Links to one route that ask the same questions are alike: the first of them is followed.
    """
    waiting = deque((url, False) for url in starts)
    seen: set[tuple[object, ...]] = set(waiting)
    pages = 0
    while waiting:
        url, by_htmx = waiting.popleft()
        with blank_pages(url in unread):
            response = client.get(url, headers={"HX-Request": "true"} if by_htmx else {})
        read(response)
        pages += 1
        assert pages <= PAGES_MOST, f"{url} is one page too many: what leads to ever more pages?"
        yield url, response
        for link in _links(url, response):
            if link[0].startswith(under) and link not in seen and (kind := _kind(link)) not in seen:
                seen |= {link, kind}
                waiting.append(link)


def _links(page: str, response: Any) -> Iterator[tuple[str, bool]]:
    """Those on this site that have a route, a redirect's target included."""
    found = [(response.headers.get("Location", ""), False)]
    if "text/html" in response.headers.get("Content-Type", ""):
        found += Links(response.text).found
    for url, by_htmx in found:
        link = urldefrag(urljoin(HERE + page, url)).url
        if link.startswith(HERE) and _kind((link.removeprefix(HERE), by_htmx)):
            yield link.removeprefix(HERE) or "/", by_htmx


def _kind(link: tuple[str, bool]) -> tuple[object, ...]:
    """What makes a link like another; () for one that leads to no route of ours. The filters of
    Django's own lists combine without end: there, whatever they ask is alike."""
    url, by_htmx = link
    parts = urlsplit(url)
    try:
        match = resolve(parts.path or "/")
    except Resolver404:
        return ()
    asked = () if match.app_name == "admin" else tuple(sorted(parse_qs(parts.query)))
    return match.view_name, asked, by_htmx
