"""What differs between two wordings of one text, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import chain, pairwise
from typing import Literal, NamedTuple

type Kind = Literal["kept", "added", "removed"]
type Words = list[str]


class Piece(NamedTuple):
    """A run of words, with the space between them as it was typed."""

    kind: Kind
    words: str


# Scripts that put no space between words: there each letter, with its marks, is a word of its own.
# Thai and Lao, Burmese, Khmer, kana, Han.
WITHOUT_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    r"\uf900-\ufaff\U00020000-\U0003ffff]"
)
SENTENCE_ENDS = frozenset(".!?…。！？।؟\n")
JOINERS = frozenset("'’\u200c\u200d")
# difflib looks at each pair of equal words, several times over. Two texts with more pairs than
# this have so little in common that one is said to replace the other: it keeps us fast.
PAIRS_MAX = 60_000


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order, what was removed before what was added.

    What was kept and added gives `new`, letter for letter, what was kept and removed `old`.
    Neighbours are never of one kind, and no piece is empty.
    """
    return _joined(_without_islands(list(_by_sentence(words_of(old), words_of(new)))))


def words_of(text: str) -> Words:
    """The text in words, runs of space, and single signs; joined, they give it again."""
    words: Words = []
    kind = ""
    for letter in text:
        now = _kind(letter)
        is_part = (now == "mark" and bool(words)) or (now == kind and now in {"letter", "space"})
        if is_part:
            words[-1] += letter
        elif now == "joiner" and kind == "letter":
            # An apostrophe within a word; at its end it turns out below to be a sign.
            words[-1] += letter
        else:
            words.append(letter)
            kind = now if now != "mark" else "sign"
    return [part for word in words for part in _without_last_joiner(word)]


def _kind(letter: str) -> str:
    if letter in JOINERS:
        return "joiner"
    if letter.isspace():
        return "space"
    if unicodedata.category(letter).startswith("M"):
        return "mark"
    if WITHOUT_SPACES.match(letter):
        return "alone"
    return "letter" if letter.isalnum() or letter == "_" else "sign"


def _without_last_joiner(word: str) -> Iterator[str]:
    bare = word.rstrip("'’")
    yield from filter(None, [bare, word[len(bare) :]])


def _by_sentence(old: Words, new: Words) -> Iterator[tuple[Words, Words]]:
    """Pairs of what stands where in both. Whole sentences are set side by side first, which is
    quick, and then the words of those that differ."""
    for was, now in _aligned(_sentences(old), _sentences(new)):
        before, after = list(chain.from_iterable(was)), list(chain.from_iterable(now))
        if before == after:
            yield before, after
        else:
            yield from _aligned(before, after)


def _sentences(words: Words) -> list[tuple[str, ...]]:
    """The words by sentence; where a script has no words, a space ends one as well."""
    sentences: list[list[str]] = [[]]
    for before, word in pairwise(["", *words]):
        sentences[-1].append(word)
        is_pause = word.isspace() and bool(WITHOUT_SPACES.match(before))
        if is_pause or not SENTENCE_ENDS.isdisjoint(word):
            sentences.append([])
    return [tuple(sentence) for sentence in sentences if sentence]


def _aligned[T](old: list[T], new: list[T]) -> Iterator[tuple[list[T], list[T]]]:
    """Stretches of both that are equal, or stand in each other's place, in order."""
    head, middle, tail = _trimmed(old, new)
    yield head
    yield from _matched(*middle)
    yield tail


def _common[T](old: list[T], new: list[T]) -> int:
    """How many elements at the beginning are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (was, now) in pairs if was != now), min(len(old), len(new)))


def _matched[T](old: list[T], new: list[T]) -> Iterator[tuple[list[T], list[T]]]:
    # Spaces are everywhere and say nothing about what belongs together.
    places_old = [at for at, word in enumerate(old) if not _is_space(word)]
    places_new = [at for at, word in enumerate(new) if not _is_space(word)]
    was, now = [old[at] for at in places_old], [new[at] for at in places_new]
    counts = Counter(now)
    if not (old and new) or sum(counts[word] for word in was) > PAIRS_MAX:
        yield old, new
        return
    at_old = at_new = 0
    for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            to_old, to_new = places_old[block.a + step], places_new[block.b + step]
            yield from _trimmed(old[at_old:to_old], new[at_new:to_new])
            yield [old[to_old]], [new[to_new]]
            at_old, at_new = to_old + 1, to_new + 1
    yield from _trimmed(old[at_old:], new[at_new:])


def _trimmed[T](old: list[T], new: list[T]) -> Iterator[tuple[list[T], list[T]]]:
    """Three pairs: the beginning that both share, what is between, and the end that both share."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield old[:head], new[:head]
    yield old[head : len(old) - tail], new[head : len(new) - tail]
    yield old[len(old) - tail :], new[len(new) - tail :]


def _is_space(word: object) -> bool:
    return isinstance(word, str) and word.isspace()


def _without_islands(pairs: list[tuple[Words, Words]]) -> Iterator[tuple[Words, Words]]:
    """What was kept between two changes, but is no word, changed with them: "a big dog" became
    "my old cat" as a whole, not word by word around the spaces."""
    held: tuple[Words, Words] = ([], [])
    island: Words = []
    for was, now in pairs:
        if was == now:
            island += was
            continue
        if held != ([], []) and _is_small(island):
            held = (held[0] + island + was, held[1] + island + now)
        else:
            yield held
            yield island, island
            held = (was, now)
        island = []
    yield held
    yield island, island


def _is_small(island: Words) -> bool:
    """Space and signs alone, or a single letter of a script without spaces."""
    words = [word for word in island if word[0].isalnum()]
    return not words or (len(words) == 1 and bool(WITHOUT_SPACES.match(words[0])))


def _joined(pairs: Iterator[tuple[Words, Words]]) -> list[Piece]:
    pieces: list[Piece] = []
    for was, now in pairs:
        same = was == now
        for kind, words in (("kept", now),) if same else (("removed", was), ("added", now)):
            text = "".join(words)
            if pieces and text and pieces[-1].kind == kind:
                pieces[-1] = Piece(kind, pieces[-1].words + text)
            elif text:
                pieces.append(Piece(kind, text))  # type: ignore[arg-type]
    return pieces
