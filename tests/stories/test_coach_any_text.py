"""The coach on text that nobody planned for: other languages, odd signs, great lengths."""

import sys
from collections.abc import Callable
from time import process_time
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.coach import hints
from tests.stories.test_coach import ALWAYS, STORY, WORDING, coach


@pytest.mark.parametrize(
    "text",
    [
        "Maria hat den Kunden noch am selben Abend angerufen. Das war super, er war so glücklich.",
        "María llamó a la clienta esa misma noche y llevó el paquete en persona al hotel.",
        "Elle a appelé le client le soir même. Excellent travail, on est tous impressionnés.",
        "Jan heeft met de klant gebeld en was met het pakket naar het hotel op weg.",
        "Hun ringede til kunden med det samme, og han var glad for at have den i tide.",
        "Ela ligou para as clientes no mesmo dia e levou as encomendas do hotel.",
        "Zadzwoniła do klienta jeszcze tego samego wieczoru i przywiozła paczkę.",
        "היא התקשרה ללקוח באותו ערב",
        "彼女はすぐに電話しました",
        "Tolle Arbeit, Frau Schmidt!",
    ],
)
def test_another_language_hears_nothing_about_wording(text: str) -> None:
    assert coach(text, difference=text, customer_role="Mrs Grace Okafor").keys() == ALWAYS


@pytest.mark.parametrize(
    "headline",
    ["Quick help for Delta", "Tolle Arbeit, Frau Schmidt!", "o p q r s t v", "彼女は電話"],
)
def test_a_few_words_of_no_known_language_leave_the_questions_open(headline: str) -> None:
    found = coach(headline=headline)
    assert found == dict.fromkeys(("action", "where_when", "change", *ALWAYS), False)


def test_eight_words_of_no_english_end_the_questions_about_wording() -> None:
    assert coach(headline="eins zwei drei vier elf sechs sieben acht").keys() == ALWAYS


@pytest.mark.parametrize("language", ["de", "es-mx", "", "fr"])
def test_a_teller_of_another_language_hears_nothing_about_wording(language: str) -> None:
    assert coach(**STORY, language=language).keys() == ALWAYS


@pytest.mark.parametrize("language", ["en", "en-gb", "en_US", "EN"])
def test_every_english_is_spoken(language: str) -> None:
    assert "action" in coach(**STORY, language=language)


def test_right_to_left_marks_and_null_bytes_do_not_hide_the_words() -> None:
    assert coach("\u202bShe\x00 rang\u202c the owner")["action"]


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("word " * 24, False),
        ("word " * 25, True),
        ("! " * 100, False),
        ("عميل " * 25, True),
        ("彼女はすぐに電話しました。" * 2, False),
        ("彼女はすぐに電話しました。" * 5, True),
        ("ลูกค้า" * 10, True),
    ],
)
def test_length_is_counted_in_any_script(text: str, enough: bool) -> None:
    assert coach(text)["length"] is enough


ANY_TEXT = st.text() | st.text(st.sampled_from("aA '’.-,\n\x00é漢😀7€ed"), max_size=300)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.booleans(), st.frozensets(ANY_TEXT))
def test_any_text_at_all_gets_each_hint_once_at_most(
    headline: str,
    what_they_did: str,
    difference: str,
    words: str,
    role: str,
    agreed: bool,
    colleagues: frozenset[str],
) -> None:
    told = hints(
        headline=headline,
        what_they_did=what_they_did,
        difference=difference,
        customer_words=words,
        customer_role=role,
        customer_agreed=agreed,
        colleagues=colleagues,
    )
    names = [hint.name for hint in told]
    assert len(names) == len(set(names))
    assert ALWAYS <= set(names) <= ALWAYS | WORDING


NASTY = [
    "She rang Mrs Okafor. ",
    "a",
    "'",
    "a'",
    "made it ",
    "from a ",
    "1,",
    "Al ",
    "漢",
    "“",
    "\x00",
]


def read(text: str) -> None:
    hints(headline=text, what_they_did=text, difference=text, customer_words=text)


def lines_run(work: Callable[[], None]) -> int:
    """How many lines of Python the work takes: the same on any machine."""
    taken = 0

    def count(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal taken
        taken += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return taken


@pytest.mark.parametrize("piece", NASTY)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    text = piece * (8_000 // len(piece))
    assert lines_run(lambda: read(text * 2)) <= 2.1 * lines_run(lambda: read(text))


@pytest.mark.parametrize("piece", NASTY)
def test_no_pattern_backtracks_over_a_long_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = process_time()
        read(text)
        return process_time() - began

    small = min(seconds(6_250) for _ in range(5))
    # Sixteen times the text: linear takes about 16 times as long, quadratic 256 times.
    assert min(seconds(100_000) for _ in range(2)) < 80 * small
