"""Pieces of text: subjects that fit, excerpts that end well, names that read."""

from hypothesis import given
from hypothesis import strategies as st

from stories.digests import wording

KAYAK = "A kayak school kept its season because Priya read the forecast"


def subject(headline: str, others: int) -> str:
    count = f" + {others}" if others else ""
    return wording.subject_headline(headline, others) + count


def test_a_long_headline_is_cut_at_a_word_and_leaves_room_for_the_count() -> None:
    assert subject(KAYAK, 6) == "A kayak school kept its season + 6"


def test_a_short_headline_stays_whole() -> None:
    assert subject("A furnace stayed lit", 0) == "A furnace stayed lit"


@given(st.text(max_size=80), st.integers(0, 5000))
def test_every_subject_fits_42_letters(headline: str, others: int) -> None:
    assert len(subject(headline, others)) <= wording.SUBJECT_MAX


def test_one_endless_word_is_cut_with_a_sign() -> None:
    assert wording.fit("x" * 80, 10) == "xxxxxxxxx…"


def test_an_excerpt_ends_with_a_sentence_where_it_can() -> None:
    text = "She rang at seven. She moved all of them. Then she went to the harbour herself."
    assert wording.excerpt(text, 10) == "She rang at seven. She moved all of them."


def test_an_excerpt_without_a_sentence_says_that_it_goes_on() -> None:
    assert wording.excerpt("one two three, four five", 3) == "one two three …"


@given(st.text(max_size=400), st.integers(1, 60))
def test_an_excerpt_never_has_more_words_than_asked(text: str, words: int) -> None:
    assert len(wording.excerpt(text, words).removesuffix(" …").split()) <= words


def test_names_read_as_people_say_them() -> None:
    assert wording.people(["Ana"]) == "Ana"
    assert wording.people(["Ana", "Tom"]) == "Ana and Tom"
    assert wording.people(["Ana", "Tom", "Li"]) == "Ana, Tom and 1 other"
    assert wording.people(["Ana", "Tom", "Li", "Bo"]) == "Ana, Tom and 2 others"
