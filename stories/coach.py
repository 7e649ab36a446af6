"""The composer's coach: kind, rule-based hints on a story while it is being told.

Pure functions on text; nothing blocks, scores or stores. Wording is judged in English only: in
another language a wrong hint is worse than none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

# What is asked, and what is said once the story does it. The last two are only ever asked.
TEXTS: dict[str, tuple["StrPromise", ...]] = {
    "action": (_("What did they do for the customer?"), _("It names what they did")),
    "where_when": (_("When and where was it?"), _("It sets the scene")),
    "change": (_("What changed for the customer?"), _("It says what changed")),
    "words": (_("Did the customer say anything you remember?"), _("It has the customer's words")),
    "length": (_("How did it begin, and how did it end?"), _("It is long enough to picture")),
    "adjectives": (_("Warm words. Which moment earned them?"),),
    "names": (_("Did the customer agree to be named? If not, their role says as much."),),
}
ENOUGH_WORDS, BEGUN_WORDS = 25, 8
ENGLISH_SHARE = 0.15


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Common in English and rare elsewhere: the evidence that a text is in English.
ENGLISH_ONLY = _set(
    "always and because been before but could did didn't does every from has him his how if into "
    "it it's its never our really she than that the their them then there these they this those "
    "to very well were what when where which while who whose with would you your"
)
# Just as common, but other languages have them too: "was" is German, "of" Dutch, "for" Danish.
SHARED_WITH_OTHERS = _set(
    "a all an are as at be by can do for had have he her i in is me my no of on or out so up was we"
)
FUNCTION_WORDS = ENGLISH_ONLY | SHARED_WITH_OTHERS

# Past tenses that their ending does not tell. A regular verb needs no list.
IRREGULAR_DEEDS = _set(
    "agreed began bent bought brought built came caught chose cut drew drove dug fed flew fought "
    "found freed gave guaranteed heard hid hung kept laid led left lent lit made met paid put ran "
    "rang read rebuilt redid repaid rewrote rode said sang sat saw sent set sewed shut sold spent "
    "spoke stood stuck swept taught threw told took tore went woke won wrote"
)
# They end in -ed but leave open what was done, or are no verbs, or are people.
NOT_DEEDS = _set(
    "ahmed alfred appreciated cared demonstrated deserved enjoyed exceeded fred hamed happened "
    "helped hundred khaled liked loved manfred mohamed mohammed needed proved provided seemed "
    "shed showed supported syed tried valued wanted worked"
)
STOCK_PHRASES = re.compile(
    r"\b(?:went (?:above|beyond|the extra)|gave (?:it )?(?:her|his|their) (?:all|best)"
    r"|made (?:her|his|their|my|our) day|made (?:\S+ ){1,4}(?:difference|impression))\b"
)
PRAISE = _set(
    "amazed amazing awesome best brilliant caring champion considerate dedicated delighted "
    "efficient excellent exceptional excited extraordinary fantastic friendly gem gifted good "
    "great happy hero honest impressed inspiring kind legend lovely nice outstanding passionate "
    "perfect pleased polite professional proud smart star superb talented thrilled warm wonderful"
)
PRAISE_ENDINGS = ("ful", "ous", "able", "ible", "ive")
NOT_PRAISE = _set("archive arrive detective executive initiative previous receive survive various")

# What follows from a deed, wherever it is said.
OUTCOME = re.compile(
    r"\b(?:avoided|instead|kept|reopened|rescued|saved|spared|stayed|so that|no longer|which meant"
    r"|as a result|in time (?:for|to)|up and running|ever since|for the first time)\b"
)
# Signs of an outcome where the teller is asked for one; elsewhere they say too little.
DIFFERENCE_SIGNS = _set(
    "able again already because calmer cheaper could earlier easier eight faster fewer five forty "
    "four got happier hundred longer lost meant nine nineteen now quicker ready safe safely safer "
    "seven six sooner still ten thirty three today twelve twenty twice two without"
)
FROM_TO = re.compile(r"\bfrom (?:\S{1,30} ){1,4}to\b")
AMOUNT = re.compile(r"\d\s?(?:[%‰°]|[^\W\d_])|[$€£¥₹]\s?\d")

# April, May, June and August are left out: they are people, too.
SCENE = _set(
    "afternoon airport christmas december depot easter evening factory february friday harbour "
    "home hospital hotel january july kitchen midnight monday morning night noon november o'clock "
    "october office overnight phone road saturday school september shop site station street "
    "summer sunday thursday today tonight train tuesday wednesday week weekend winter yesterday"
)
CLOCK = re.compile(r"\d[:.]\d\d\b|\d ?[ap]\.?m\b", re.IGNORECASE)
TITLES = _set("mr mrs ms miss mx dr prof")
PARTICLES = _set("al bin da de del den der di dos el la le ten van von")
# Capitalised in ordinary sentences without being anybody's name.
NOT_NAMES = _set(
    "bank centre city club company customer dear department director group head limited ltd "
    "manager marketing new north officer owner product san service south team university"
)
# The words taken away are everyday words elsewhere: "met" in Dutch, "excellent" in French.
ENGLISH_EVIDENCE = ENGLISH_ONLY | IRREGULAR_DEEDS | PRAISE | SCENE
ENGLISH_EVIDENCE -= _set("bent brilliant excellent hotel kind lit met perfect sent star warm")
# What no sentence capitalises but at its start; "said" and "sang" are people, too.
LOWER_CASE = (FUNCTION_WORDS | IRREGULAR_DEEDS | PRAISE) - _set("said sang")
NOT_NAMES |= LOWER_CASE | (SCENE - _set("summer winter"))

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
TITLE_DOT = re.compile(r"\b(mrs?|ms|mx|dr|prof)\.", re.IGNORECASE)
CLAUSE_END = re.compile(r"[.,;:!?()\[\]\"“”„«»‘…–—/\n\x00]+|(?<!\w)['’]|['’](?!\w)")
# Chinese, Japanese, Thai, Lao and Khmer do not part their words; two signs make about one.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class Hint:
    """One line of the coach: a confirmation when ``done``, else a question to the teller."""

    name: str
    done: bool
    text: "StrPromise"


def hints(
    *,
    headline: str,
    what_they_did: str,
    difference: str,
    customer_words: str,
    customer_role: str = "",
    customer_agreed: bool = False,
    language: str = "en",
    colleagues: frozenset[str] = frozenset(),
) -> list[Hint]:
    """The coach's lines in reading order, for any text at all; an empty form gets the questions.

    ``language`` is the teller's language tag, ``colleagues`` the full names that need no asking.
    "words" and "length" are always there, "action", "where_when" and "change" while the text is
    English or hardly begun, "adjectives" and "names" while there is something to ask.
    """
    told = f"{headline}\n{what_they_did}\n{difference}"
    if _length(told) < BEGUN_WORDS and not _speaks_english("en", told):
        told = headline = what_they_did = difference = ""  # so few words show no language yet
    always = [
        _hint("words", bool(WORD.search(customer_words))),
        _hint("length", _length(f"{what_they_did}\n{difference}") >= ENOUGH_WORDS),
    ]
    if not _speaks_english(language, told):
        return always
    acts = _names_an_action(f"{headline}\n{what_they_did}")
    found = [
        _hint("action", acts),
        _hint("where_when", _sets_the_scene(told)),
        _hint("change", _says_what_changed(what_they_did, difference)),
        *always,
    ]
    if _is_mostly_praise(told, acts=acts):
        found.append(_hint("adjectives", False))
    passages = (headline, what_they_did, difference, customer_words, customer_role)
    if not customer_agreed and _names_a_customer(passages, colleagues):
        found.append(_hint("names", False))
    return found


def _hint(name: str, done: bool) -> Hint:
    return Hint(name, done, TEXTS[name][done])


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def _length(text: str) -> int:
    """How many words, in any script; a run of signs or emoji alone is none."""
    return sum(1 for part in text.split() if WORD.search(part)) + len(UNSPACED.findall(text))


def _speaks_english(language: str, text: str) -> bool:
    """True for a teller of English whose text is English, or not begun."""
    words = _words(text)
    evidence = sum(_is_english(word) for word in words)
    return language[:2].lower() == "en" and evidence >= ENGLISH_SHARE * len(words)


def _is_english(word: str) -> bool:
    return word in ENGLISH_EVIDENCE or (len(word) > 4 and word.endswith("ed"))


def _is_deed(word: str) -> bool:
    regular = len(word) > 3 and word.endswith("ed") and not word.endswith("eed")
    return word in IRREGULAR_DEEDS or (regular and word not in NOT_DEEDS and word not in PRAISE)


def _names_an_action(text: str) -> bool:
    plain = STOCK_PHRASES.sub(" ", " ".join(_words(text)))
    return any(map(_is_deed, plain.split()))


def _sets_the_scene(text: str) -> bool:
    return bool(CLOCK.search(text)) or not SCENE.isdisjoint(_words(text))


def _says_what_changed(what_they_did: str, difference: str) -> bool:
    """An outcome anywhere in the text, or any sign of one in the answer to that question."""
    if OUTCOME.search(" ".join(_words(f"{what_they_did}\n{difference}"))):
        return True
    answer = _words(difference)
    figures = FROM_TO.search(" ".join(answer)) or AMOUNT.search(difference)
    return bool(figures) or not DIFFERENCE_SIGNS.isdisjoint(answer) or _names_an_action(difference)


def _is_praise(word: str) -> bool:
    shaped = len(word) > 5 and word.endswith(PRAISE_ENDINGS) and word not in NOT_PRAISE
    return shaped or word in PRAISE


def _is_mostly_praise(text: str, *, acts: bool) -> bool:
    """Praise without a deed, or praise that makes up half of what the words carry."""
    weighty = [word for word in _words(text) if word not in FUNCTION_WORDS]
    praise = sum(_is_praise(word) for word in weighty)
    return praise > 0 and (not acts or praise * 2 >= len(weighty))


def _names_a_customer(passages: Iterable[str], colleagues: frozenset[str]) -> bool:
    named = chain.from_iterable(map(_full_names, passages))
    free = [frozenset(_words(name)) for name in colleagues]
    return any(not any(map(name.issubset, free)) for name in named)


def _full_names(passage: str) -> Iterator[frozenset[str]]:
    """The words, in lower case, of what reads as a full name or as a title with a name."""
    for clause in CLAUSE_END.split(TITLE_DOT.sub(r"\1", passage)):
        parts = clause.replace("’", "'").replace("'s ", " ").removesuffix("'s").split()
        headlined = any(_is_capitalised(part) and part.lower() in LOWER_CASE for part in parts[1:])
        for is_name, run in groupby(parts, key=_is_in_name):
            name = {part.lower() for part in run if is_name and _is_capitalised(part)}
            titled = not TITLES.isdisjoint(name)
            if len(name - TITLES) + titled > 1 and (titled or not headlined):
                yield frozenset(_words(" ".join(name))) - TITLES


def _is_capitalised(part: str) -> bool:
    return part[0].isupper() and not part.isupper()


def _is_in_name(part: str) -> bool:
    return part in PARTICLES or (_is_capitalised(part) and part.lower() not in NOT_NAMES)
