"""What a text is compared by: its words without grammar and endings, in whatever language."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice
from sys import intern

from kudos.lib.text import fold
from stories.search import STOP_WORDS, to_words

# Shorter words are mostly grammar; five letters hold the root of most words ("bookings", "booked"),
# whatever the language, without a list of its endings.
LETTERS_MIN = 4
LETTERS = 5
# Of a story, which bounds the memory that 2,000 of them take (see `digests.candidates`).
WORDS_MAX = 300
# Thai, Lao, Burmese, Khmer, kana, Chinese characters: scripts that put no spaces between words.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)


def words_of(*texts: str, but: frozenset[str] = frozenset()) -> frozenset[str]:
    """What a story is compared by: the beginnings of its first 300 words, folded as search does,
    `but` those of names. In a script without spaces every character begins a word."""
    text = "\n".join(texts)
    runs = map(_unspaced, UNSPACED.findall(text))
    words = chain(_spaced(UNSPACED.sub(" ", text)), chain.from_iterable(runs))
    # Left out here: subtracting one set from another makes one of twice the size.
    return frozenset(intern(word) for word in islice(words, WORDS_MAX) if word not in but)


def _spaced(text: str) -> Iterator[str]:
    return (word[:LETTERS] for word in telling_words(text))


def telling_words(text: str) -> Iterator[str]:
    """The words of a text that say something, whole and folded as search does."""
    for word in to_words(text):
        if word.isdigit() or (len(word) >= LETTERS_MIN and word not in STOP_WORDS):
            yield word


def telling_text(text: str) -> str:
    """The first 300 of those words, as one text."""
    return " ".join(islice(telling_words(text), WORDS_MAX))


def _unspaced(run: str) -> Iterator[str]:
    letters = list(map(_folded, run))
    for at in range(len(letters)):
        word = "".join(letters[at : at + LETTERS])[:LETTERS]
        if len(word) >= LETTERS_MIN:
            yield word


@lru_cache(maxsize=10_000)
def _folded(character: str) -> str:
    return fold(character)
