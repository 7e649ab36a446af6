"""Each language says every sentence, and says it with the names and numbers in it."""

import re
from collections import Counter
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings

from tests.messages import Entry, in_catalog, in_code

CATALOGS = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
every_language = pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])


def slots(text: str) -> Counter[str]:
    """What code fills in: %(name)s, {name}, %% and tags."""
    return Counter(re.findall(r"%\(\w+\)[a-z]|\{\w*\}|%%|</?\w+>", text))


def test_every_language_that_can_be_chosen_has_a_catalog() -> None:
    spoken = {path.parts[-3] for path in CATALOGS} | {settings.LANGUAGE_CODE}
    assert spoken == {code for code, _name in settings.LANGUAGES}


@every_language
def test_a_catalog_has_the_messages_of_the_code_and_no_others(path: Path) -> None:
    """Where this fails, `make messages` brings the catalog up to date."""
    known = {(entry.context, entry.message): entry.plural for entry in in_catalog(path)}
    assert known == in_code()


@every_language
def test_every_message_is_translated_and_looked_at(path: Path) -> None:
    missing = [entry for entry in in_catalog(path) if not all(entry.said) or entry.is_fuzzy]
    assert missing == []


@every_language
def test_what_is_read_at_run_time_is_what_was_written(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)
    stale = [entry for entry in in_catalog(path) if _compiled(compiled, entry) != set(entry.said)]
    assert stale == []


def _compiled(catalog: GNUTranslations, entry: Entry) -> set[str]:
    """What the .mo file says, for any number where there is one."""
    c, message, plural = entry.context, entry.message, entry.plural
    if not plural:
        return {catalog.pgettext(c, message) if c else catalog.gettext(message)}
    numbers = range(200)  # no language tells numbers further up apart in a way of their own
    if c:
        return {catalog.npgettext(c, message, plural, number) for number in numbers}
    return {catalog.ngettext(message, plural, number) for number in numbers}


@every_language
def test_a_translation_keeps_what_code_fills_in(path: Path) -> None:
    """The first form of a plural may leave the number out, as “one” does."""
    lost = [
        entry
        for entry in in_catalog(path)
        if slots(entry.said[-1]) != slots(entry.plural or entry.message)
        or slots(entry.said[0]) - slots(entry.plural or entry.message)
    ]
    assert lost == []


@every_language
def test_no_translation_shouts(path: Path) -> None:
    assert [entry.message for entry in in_catalog(path) if "!" in "".join(entry.said)] == []
