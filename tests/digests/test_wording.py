"""Pieces of text: subjects that fit, excerpts that end well, names that read."""

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.digests import wording

KAYAK = "A kayak school kept its season because Priya read the forecast"


def subject(headline: str, others: int) -> str:
    count = f" + {others}" if others else ""
    return wording.subject_headline(headline, others) + count


def test_a_long_headline_is_cut_at_a_word_and_leaves_room_for_the_count() -> None:
    assert subject(KAYAK, 6) == "A kayak school kept its season… + 6"


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        (
            "The quay was ice, all of it was salted before six",
            "The quay was ice, all of it was… + 6",
        ),
        (
            "She rang every guest at seven, then went to the harbour",
            "She rang every guest at seven… + 6",
        ),
        (
            "He walked the whole way home – in rain that fell all day",
            "He walked the whole way home… + 6",
        ),
        (
            "All of the 1,000,000 one-way tickets were refunded",
            "All of the 1,000,000 one-way tickets… + 6",
        ),
    ],
)
def test_a_long_headline_is_cut_where_a_clause_ends_if_enough_is_left(
    headline: str, shown: str
) -> None:
    assert subject(headline, 6) == shown


def test_a_short_headline_stays_whole() -> None:
    assert subject("A furnace stayed lit", 0) == "A furnace stayed lit"


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(0, 5000))
def test_every_subject_fits_42_letters(headline: str, others: int) -> None:
    assert len(subject(headline, others)) <= wording.SUBJECT_MAX


def test_one_endless_word_is_cut_with_a_sign() -> None:
    assert wording.fit("x" * 80, 10) == "xxxxxxxxx…"


def test_an_excerpt_ends_with_a_sentence_where_it_can() -> None:
    text = "She rang at seven. She moved all of them. Then she went to the harbour herself."
    assert wording.excerpt(text, 10) == "She rang at seven. She moved all of them."


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (9, "Thank you all.\n\nOne more week, then rest.\nCora"),
        (8, "Thank you all.\n\nOne more week, then rest."),
        (6, "Thank you all.\n\nOne more week …"),
        (3, "Thank you all."),
        (1, "Thank …"),
        (0, ""),
    ],
)
def test_a_passage_keeps_its_lines_as_far_as_there_is_room(words: int, shown: str) -> None:
    text = " Thank  you all. \n\n\nOne more week, then rest.\nCora\n"
    assert wording.passage(text, words) == shown


def test_an_excerpt_without_a_sentence_says_that_it_goes_on() -> None:
    assert wording.excerpt("one two three, four five", 3) == "one two three …"


@settings(deadline=None)
@given(st.text(max_size=400), st.integers(1, 60))
def test_an_excerpt_never_has_more_words_than_asked(text: str, words: int) -> None:
    assert len(wording.excerpt(text, words).removesuffix(" …").split()) <= words


def test_names_read_as_people_say_them() -> None:
    assert wording.few(["Ana"]) == "Ana"
    assert wording.few(["Ana", "Tom"]) == "Ana and Tom"
    assert wording.few(["Ana", "Tom", "Li"]) == "Ana, Tom and 1 other"
    assert wording.few(["Ana", "Tom", "Li", "Bo"]) == "Ana, Tom and 2 others"


def test_a_name_keeps_the_joiners_that_it_is_spelt_with() -> None:
    assert wording.fit("می\u200cخواهم", 40) == "می\u200cخواهم"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Ana · Tom", 3),
        ("internationalisation", 2),
        ("彼女は七時に電話しました。", 7),
        ("เธอโทรหา", 2),
    ],
)
def test_words_are_counted_as_they_are_read(text: str, words: int) -> None:
    assert wording.count(text) == words


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_word_between_spaces_goes_uncounted(text: str) -> None:
    assert wording.count(text) >= len(text.split())


def test_a_text_without_spaces_is_cut_after_its_sentence() -> None:
    text = "彼女は七時に電話しました。" * 3
    assert wording.excerpt(text, 16) == "彼女は七時に電話しました。" * 2


@settings(deadline=None)
@given(st.text(max_size=400), st.integers(1, 60))
def test_an_excerpt_is_the_texts_own_beginning(text: str, words: int) -> None:
    kept = wording.excerpt(text, words).removesuffix("…").split()
    assert "".join(text.split()).startswith("".join(kept)) or any(
        not letter.isprintable() for letter in text
    )


def test_an_excerpt_splits_no_word() -> None:
    text = "Rindfleischetikettierungsueberwachung ist ein Wort, das niemand gern liest"
    assert wording.excerpt(text, 5) == "Rindfleischetikettierungsueberwachung ist …"


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("“She rang.”", "She rang."),
        ('"She rang."', "She rang."),
        ("She said “yes”", "She said “yes”"),
        ("“Yes” and “no”", "“Yes” and “no”"),
    ],
)
def test_a_quotation_gets_no_second_marks(said: str, quoted: str) -> None:
    assert wording.unquoted(said) == quoted


@pytest.mark.parametrize(
    ("text", "runs"),
    [("Ana", "ltr"), ("“نور”", "rtl"), ("7 שרה Ana", "rtl"), ("山田", "ltr"), ("12:30", "ltr")],
)
def test_a_text_runs_as_its_first_letter_does(text: str, runs: str) -> None:
    assert wording.direction(text) == runs


def test_a_text_without_letters_runs_as_the_mail_does() -> None:
    with translation.override("he"):
        assert wording.direction("12:30") == "rtl"


def test_an_endless_word_is_cut_where_nothing_else_would_be_left() -> None:
    assert wording.excerpt("A Wolfeschlegelsteinhausenbergerdorff", 2) == "A Wolfeschlege…"
