"""What differs between two wordings, word by word, in any script and at any length."""

import random
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.versions import Piece, compare, words_of

LETTERS = "ab é'’-.,!\n\t 学校的เด็กक्षمر\u0301\u200d👩‍💻"
any_text = st.text() | st.text(alphabet=LETTERS, max_size=80)


def marked(old: str, new: str) -> str:
    """The difference on one line, what was added and what was removed in brackets."""
    marks = {"kept": "{}", "added": "[+{}]", "removed": "[-{}]"}
    return "".join(marks[piece.kind].format(piece.words) for piece in compare(old, new))


def without(kind: str, pieces: list[Piece]) -> str:
    return "".join(piece.words for piece in pieces if piece.kind != kind)


@given(any_text, any_text)
def test_what_was_kept_and_added_is_the_new_text_and_kept_and_removed_the_old(
    old: str, new: str
) -> None:
    pieces = compare(old, new)
    assert without("removed", pieces) == new
    assert without("added", pieces) == old


sentence = st.lists(st.sampled_from(["she", "rang", "the", "owl", "เด็ก", "学校"])).map(" ".join)


@given(sentence, sentence, sentence)
def test_a_sentence_put_in_takes_nothing_out(begin: str, middle: str, end: str) -> None:
    pieces = compare(f"{begin}. {end}.", f"{begin}. {middle}. {end}.")
    assert "removed" not in {piece.kind for piece in pieces}


@given(any_text)
def test_of_a_text_that_did_not_change_nothing_is_marked(text: str) -> None:
    assert compare(text, text) == ([Piece("kept", text)] if text else [])


@given(any_text, any_text)
def test_no_piece_is_empty_and_neighbours_differ_in_kind(old: str, new: str) -> None:
    kinds = [piece.kind for piece in compare(old, new)]
    assert all(piece.words for piece in compare(old, new))
    assert all(one != next_one for one, next_one in pairwise(kinds))


@given(any_text)
def test_the_words_of_a_text_give_it_again(text: str) -> None:
    assert "".join(words_of(text)) == text
    assert all(words_of(text))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "Rang the school at seven.",
            "Rang the owner at seven.",
            "Rang the [-school][+owner] at seven.",
        ),
        ("the end", "the very end", "the [+very ]end"),
        ("He came", "He came, he saw", "He came[+, he saw]"),
        ("a big red dog ran", "my old blue cat ran", "[-a big red dog][+my old blue cat] ran"),
        ("I don't know", "I do not know", "I [-don't][+do not] know"),
        ("they said 'now'", "they said now", "they said [-']now[-']"),
        ("forty-one trips", "forty-two trips", "forty-[-one][+two] trips"),
        ("A café opened", "A cafe\u0301 shut", "A [-café opened][+cafe\u0301 shut]"),
        ("One.\n\nTwo.", "One.\n\nThree.\n\nTwo.", "One.\n\n[+Three.\n\n]Two."),
    ],
)
def test_words_are_marked_whole(old: str, new: str, said: str) -> None:
    assert marked(old, new) == said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("她在七点打电话给学校。", "她在八点打电话给学校。", "她在[-七][+八]点打电话给学校。"),
        ("打电话给学校，然后", "打电话给老板，然后", "打电话给[-学校][+老板]，然后"),
        # No tone mark is parted from its letter.
        ("เด็กดี", "เด็กดี่", "เด็ก[-ดี][+ดี่]"),
        ("โทรหาโรงเรียน ตอนเจ็ด", "โทรหาเจ้าของ ตอนเจ็ด", "โทรหา[-โรงเรียน][+เจ้าของ] ตอนเจ็ด"),
        ("ये किताब अच्छी", "ये किताबें अच्छी", "ये [-किताब][+किताबें] अच्छी"),
        ("שלום עולם", "שלום לכולם", "שלום [-עולם][+לכולם]"),
    ],
)
def test_scripts_without_spaces_and_with_marks_read_sensibly(old: str, new: str, said: str) -> None:
    assert marked(old, new) == said


def written(seed: int, words: list[str], between: str = " ") -> str:
    """About 5,000 characters of these."""
    pick = random.Random(seed)
    return between.join(pick.choice(words) for _ in range(5000 // (len(words[0]) + len(between))))


LONG = {
    "one word": ("x " + "a " * 2500 + "y", "z " + "a " * 2499 + "q"),
    "two words": (written(1, ["a", "b"]), written(2, ["a", "b"])),
    "forty words": (
        written(1, [f"w{n}" for n in range(10, 50)]),
        written(2, [f"w{n}" for n in range(10, 50)]),
    ),
    "no words": (written(1, [*"!?.,;\n"], ""), written(2, [*"!?.,;\n"], "")),
    "Chinese": (
        written(1, [chr(0x4E00 + n) for n in range(300)], ""),
        written(2, [chr(0x4E00 + n) for n in range(300)], ""),
    ),
    "turned round": (
        " ".join(f"w{n}" for n in range(900)),
        " ".join(f"w{n}" for n in reversed(range(900))),
    ),
}


@pytest.mark.parametrize("name", LONG)
def test_five_thousand_characters_are_compared_at_once(name: str) -> None:
    started = process_time()
    pieces = compare(*LONG[name])
    assert process_time() - started < 1
    assert (without("added", pieces), without("removed", pieces)) == LONG[name]


def test_two_small_changes_to_a_long_text_without_any_space_stay_small() -> None:
    old = "。".join(
        written(seed, [chr(0x4E00 + n) for n in range(300)], "")[:50] for seed in range(98)
    )
    new = f"好{old[1:-1]}好"
    assert sum(len(piece.words) for piece in compare(old, new) if piece.kind == "added") == 2
