"""Who gets which answer, at every address (tests/access/*.md), and that looking changes nothing.

An address without a row fails here, and a row without an address too.
"""

import re
from collections import Counter, defaultdict
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from accounts.models import Company
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from tests.access.asking import answer, ask, browser_of
from tests.access.crawling import crawl
from tests.access.matrix import METHODS, ROLES, Entry, entries
from tests.access.routes import routes
from tests.access.stored import stored, written
from tests.access.world import World

ENTRIES = entries()
PATTERNS = dict(routes())
KINDS = {"published", "private", "hidden", "asking", "draft", "waiting", "returned"}
# Addresses for which no form of ours is needed, each with what it asks for in its place.
WITHOUT_A_FORM = {
    "digest:unsubscribe": "the secret of a link that was sent by mail",
    "notices:off": "the secret of a link that was sent by mail",
    "digest:tracked": "a mail service's signature or password",
}


@pytest.fixture
def world(company: Company, request: pytest.FixtureRequest, settings: Settings) -> World:
    settings.METRICS_TOKEN = "nobody's"
    cast = {role: request.getfixturevalue(role) for role in ROLES if role != "signed_out"}
    return World(cast)


def test_every_address_has_its_rows_and_every_row_its_address() -> None:
    assert {entry.route for entry in ENTRIES} == {name for name, _pattern in routes()}


def test_no_two_addresses_share_a_name() -> None:
    assert len(PATTERNS) == len(routes())


def test_no_two_rows_say_the_same() -> None:
    cells = Counter((row.route, row.about, method) for row in ENTRIES for method in row.methods)
    assert {cell for cell, times in cells.items() if times > 1} == set()


def test_every_method_is_answered() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for entry in ENTRIES:
        told[entry.route] |= set(entry.methods)
    # Django's admin takes a PUT, as any method but POST, for a GET.
    wanted = {
        route: {"GET", "POST"} if route.startswith("admin") else set(METHODS) for route in told
    }
    assert told == wanted


def test_what_is_done_with_stories_is_told_of_each_kind() -> None:
    """What nobody does with any of them is told of a published one alone."""
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in ENTRIES:
        if row.about in KINDS and set(row.answers.values()) != {"in", "405"}:
            for method in row.methods:
                kinds[row.route, method].add(row.about)
    assert {cell for cell, told in kinds.items() if told != KINDS} == set()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_the_answer_of_the_matrix(world: World, role: str) -> None:
    """Whatever they ask but a GET, which looking does. What is not found is not rendered: the test
    after this one reads it."""
    client = browser_of(role, world)
    wrong = []
    for row in ENTRIES:
        for method in row.methods:
            if method != "GET":
                url, blank = _address(world, row), method == "HEAD" or row.answers[role] == "404"
                response = ask(client, method, url, row.route, blank=blank)
                wrong += _wrong(row, role, method, answer(response))
    assert not wrong, "\n".join(wrong)


def _wrong(row: Entry, role: str, method: str, got: str) -> list[str]:
    """A sentence, where the matrix says something else."""
    expected = row.answers[role]
    return [] if got == expected else [f"{method} {row.route} ({row.about}): {got}, not {expected}"]


def _address(world: World, row: Entry) -> str:
    return world.address(row.route, PATTERNS[row.route], row.about)


@pytest.mark.parametrize("role", ["stranger", "nominee", "culture_lead"])
def test_what_is_not_found_is_like_what_never_was(world: World, role: str) -> None:
    client = browser_of(role, world)
    # What a reference that no story has is answered, whatever its letters are.
    never: dict[tuple[str, str], tuple[int, str]] = {}
    told = set()
    for row in ENTRIES:
        if row.about in KINDS and row.answers[role] == "404":
            url, ref = _address(world, row), world.stories[row.about].ref
            nowhere = url.replace(ref, ref[::-1])
            # All that a HEAD tells is its status.
            for method in set(row.methods) - {"HEAD"}:
                asked = method, row.route
                if asked not in never:
                    never[asked] = _told(ask(client, method, nowhere, row.route))
                if _told(ask(client, method, url, row.route)) != never[asked]:
                    told.add((*asked, row.about))
    assert told == set()


def _told(response: Any) -> tuple[int, str]:
    """The status, and the page without what is new in each: the tokens against forged forms."""
    text = "" if response.streaming else response.text
    return response.status_code, re.sub(r"\b\w{64}\b", "", text)


@pytest.mark.parametrize("role", ["signed_out", "culture_lead"])
def test_a_form_of_another_site_changes_nothing(world: World, role: str) -> None:
    client = browser_of(role, world)
    client.handler.enforce_csrf_checks = True
    taken = {
        row.route
        for row in ENTRIES
        if "POST" in row.methods and row.answers[role] != "405"
        if ask(client, "POST", _address(world, row), row.route, blank=True).status_code != 403
    }
    assert taken == WITHOUT_A_FORM.keys()


def test_uploads_have_no_address_of_their_own() -> None:
    assert settings.MEDIA_URL == "/" or not settings.MEDIA_URL


def look(
    client: Client, world: World, role: str, *, under: str = "/"
) -> tuple[dict[str, str], list[str]]:
    """GET every address under a path, and what the pages lead to: what each answered the first
    time, and who wrote when looked at."""
    rows = [(row, _address(world, row)) for row in ENTRIES if "GET" in row.methods]
    starts = [url for _row, url in rows if url.startswith(under)]
    not_found = {url for row, url in rows if row.about in KINDS and row.answers[role] == "404"}
    answers: dict[str, str] = {}
    writers = []
    with written() as statements:
        for url, response in crawl(client, starts, under, not_found):
            assert response.status_code < 500, url
            answers.setdefault(url, answer(response))
            writers += [f"{url}: {statement}" for statement in statements]
            statements.clear()
    return answers, writers


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_what_the_matrix_says_and_looking_changes_nothing(
    world: World, role: str
) -> None:
    client = browser_of(role, world)
    before = stored()
    answers, writers = look(client, world, role)
    wrong = []
    for row in ENTRIES:
        if "GET" in row.methods:
            wrong += _wrong(row, role, "GET", answers[_address(world, row)])
    assert not wrong, "\n".join(wrong)
    assert not writers, "\n".join(writers)
    assert stored() == before


def test_looking_at_the_desk_changes_nothing_while_an_edition_leaves(world: World) -> None:
    Edition.objects.update(state=EditionState.SENDING)
    Delivery.objects.filter(person=world.cast["nominee"]).update(state=DeliveryState.PENDING)
    client = browser_of("culture_lead", world)
    before = stored()
    _answers, writers = look(client, world, "culture_lead", under="/digest/desk/")
    assert not writers, "\n".join(writers)
    assert stored() == before
